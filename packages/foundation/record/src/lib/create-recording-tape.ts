import type { Clock } from '@empire/clock'
import type { Redactor } from '@empire/redaction'
import { CassetteFileError } from './cassette-file-error.ts'
import type { CassetteRequest } from './cassette-request.ts'
import {
  type CassetteNoResponse,
  type CassetteResponse,
  describeFailure,
  redactChunks,
  type TimedChunk,
} from './cassette-response.ts'
import { createJsonlStore } from './create-jsonl-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { interactionKind } from './interaction-kind.ts'
import { readSteps } from './read-steps.ts'
import type { Tape, TapeCall } from './tape.ts'

export interface RecordingTapeOptions {
  readonly path: string
  readonly liveFetch: typeof globalThis.fetch
  readonly clock: Clock
  readonly redactor: Redactor
}

/** Headers that speak of the body as it was sent, where `fetch` gives it decoded. */
const transferHeaders = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'])

export function createRecordingTape({ path, liveFetch, clock, redactor }: RecordingTapeOptions): Tape {
  const store = createJsonlStore({ path })
  const recorder = createRunRecorder({ store, run: 'cassette', redact: (step) => step })
  const writing = new Set<Promise<unknown>>()
  const unread = new Set<() => void>()
  let isNew: Promise<void> | undefined
  let isClosed = false
  let order = 0

  function expectOpen(): void {
    if (isClosed) throw new TypeError('The cassette was closed. Close it when its last request has been answered.')
  }

  const write = (inputs: CassetteRequest, output: CassetteResponse | CassetteNoResponse, position: number): void => {
    const written = recorder.record({ kind: interactionKind, inputs, output, meta: { order: position } })
    writing.add(written)
    // A failure is thrown by close(): until then it must not end the process.
    written.catch(() => undefined)
  }

  async function call({ request, bytes, described, init }: TapeCall): Promise<Response> {
    await (isNew ??= expectNew(path))
    expectOpen()
    const position = order++
    const start = clock.now()
    const elapsed = (): number => Math.max(0, Math.round(clock.now() - start))
    const { method, headers, url, signal, redirect } = request
    const sent = bytes.length === 0 ? null : (bytes as Uint8Array<ArrayBuffer>)
    let response: Response
    try {
      response = await liveFetch(url, { ...init, method, headers, body: sent, signal, redirect })
    } catch (error) {
      signal.throwIfAborted()
      expectOpen()
      write(described, { at: elapsed(), failure: redactor.redact(describeFailure(error)) }, position)
      throw error
    }
    if (isClosed) await response.body?.cancel()
    expectOpen()
    const { status, statusText } = response
    const head = redactor.redact({ status, statusText, url: response.url, at: elapsed() })
    const kept = keptHeaders(response.headers, redactor)
    const chunks: TimedChunk[] = []
    let isOpen = true
    const end = (how: CassetteResponse['end'], error?: unknown): void => {
      if (!isOpen) return
      isOpen = false
      unread.delete(stop)
      const failure = how === 'failed' ? { failure: redactor.redact(describeFailure(error)) } : {}
      const body = redactChunks(chunks, redactor)
      write(described, { ...head, headers: kept, ...body, end: how, endAt: elapsed(), ...failure }, position)
    }
    const stop = (): void => end('stopped')
    unread.add(stop)
    if (response.body === null) {
      end('complete')
      return response
    }
    return withBody(
      response,
      observe(response.body, { signal, onChunk: (chunk) => chunks.push({ at: elapsed(), bytes: chunk }), onEnd: end }),
    )
  }

  return {
    fetch: call,
    unused: () => Promise.resolve([]),
    async close() {
      isClosed = true
      for (const stop of unread) stop()
      try {
        await Promise.all(writing)
      } finally {
        await store.close()
      }
    },
  }
}

async function expectNew(path: string): Promise<void> {
  const store = createJsonlStore({ path })
  for await (const _ of readSteps(store)) throw new CassetteFileError('cassette_exists', path)
}

function keptHeaders(headers: Headers, redactor: Redactor): [string, string][] {
  const kept: [string, string][] = []
  for (const [name, value] of headers) {
    // Under its name, for a value such as that of a cookie is known by it.
    if (!transferHeaders.has(name)) kept.push([name, redactor.redact({ [name]: value })[name] ?? ''])
  }
  return kept
}

interface BodyObserver {
  readonly signal: AbortSignal
  readonly onChunk: (chunk: Uint8Array) => void
  readonly onEnd: (how: CassetteResponse['end'], error?: unknown) => void
}

/** The same bytes at the pace of the reader, seen as they pass. */
function observe(
  body: ReadableStream<Uint8Array>,
  { signal, onChunk, onEnd }: BodyObserver,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (done) {
            onEnd('complete')
            controller.close()
          } else {
            onChunk(value)
            controller.enqueue(value)
          }
        } catch (error) {
          onEnd(signal.aborted ? 'stopped' : 'failed', error)
          throw error
        }
      },
      async cancel(reason) {
        onEnd('stopped')
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function withBody(response: Response, body: ReadableStream<Uint8Array>): Response {
  const { status, statusText, headers, url, redirected } = response
  const copy = new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>, { status, statusText, headers })
  return Object.defineProperties(copy, { url: { value: url }, redirected: { value: redirected } })
}
