import type { Clock } from '@empire/clock'
import { decodeBody } from './cassette-request.ts'
import { type CassetteNoResponse, type CassetteResponse, restoreFailure } from './cassette-response.ts'

/** The recorded response at its recorded pace: the head now, the chunks as they are read. */
export async function replayResponse(
  recorded: CassetteResponse | CassetteNoResponse,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Response> {
  const start = clock.now()
  const waitUntil = async (at: number): Promise<void> => {
    const milliseconds = start + at - clock.now()
    if (milliseconds > 0) await clock.sleep(milliseconds, { signal })
    signal.throwIfAborted()
  }
  await waitUntil(recorded.at)
  if (!('status' in recorded)) throw restoreFailure(recorded.failure)
  const { status, statusText, headers, url } = recorded
  const isEmpty = recorded.chunks.length === 0 && recorded.end === 'complete'
  const body = isEmpty ? null : replayBody(recorded, { waitUntil, signal })
  const response = new Response(body, { status, statusText, headers: headers.map(([name, value]) => [name, value]) })
  return Object.defineProperty(response, 'url', { value: url })
}

interface Pace {
  readonly waitUntil: (at: number) => Promise<void>
  readonly signal: AbortSignal
}

function replayBody(recorded: CassetteResponse, { waitUntil, signal }: Pace): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = decodeBody(recorded.body)
  let index = 0
  let start = 0
  let abort: (() => void) | undefined
  const release = (): void => {
    if (abort !== undefined) signal.removeEventListener('abort', abort)
  }
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        abort = () => controller.error(signal.reason)
        signal.addEventListener('abort', abort, { once: true })
      },
      async pull(controller) {
        const chunk = recorded.chunks[index++]
        await waitUntil(chunk?.[0] ?? recorded.endAt)
        if (chunk !== undefined) {
          controller.enqueue(bytes.slice(start, start + chunk[1]))
          start += chunk[1]
          return
        }
        release()
        if (recorded.end === 'complete') controller.close()
        else controller.error(endOf(recorded))
      },
      cancel: release,
    },
    { highWaterMark: 0 },
  )
}

function endOf({ end, failure, endAt }: CassetteResponse): Error {
  if (end === 'failed' && failure !== undefined) return restoreFailure(failure)
  return new Error(
    `Expected the body to be read no further than when it was recorded: its reader stopped after ${Math.round(endAt)} ms. Record the cassette anew to read on.`,
  )
}
