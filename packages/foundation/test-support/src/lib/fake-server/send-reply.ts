import type { ServerResponse } from 'node:http'
import type { FramedReply } from './fake-reply.ts'
import type { FakeStep } from './fake-step.ts'
import type { ReplyPlan } from './plan-reply.ts'

/** What sending needs of the server. */
export interface Sending {
  readonly sleep: (ms: number) => Promise<void>
  /** Aborted when the client has left, or the server closes. */
  readonly signal: AbortSignal
  readonly onFrame: () => void
  readonly onCut: () => void
}

/** Sends a reply as planned. Resolves when nothing more is to be sent; rejects with the reason of the signal. */
export async function sendReply(
  response: ServerResponse,
  reply: FramedReply,
  plan: ReplyPlan,
  { headerDelay = 0, frameDelay = 0, headers = {} }: FakeStep,
  { sleep, signal, onFrame, onCut }: Sending,
): Promise<void> {
  const send = async (chunk: Uint8Array): Promise<void> => {
    if (frameDelay > 0) await sleep(frameDelay)
    // Waits until the bytes are with the operating system: a slow reader slows the stream.
    await settle(signal, (done) => response.write(chunk, done))
    onFrame()
  }

  if (headerDelay > 0) await sleep(headerDelay)
  if (plan.hasHeaders) {
    const length = plan.length === undefined ? {} : { 'content-length': String(plan.length) }
    response.writeHead(reply.status, { ...length, ...reply.headers, ...headers })
    response.flushHeaders()
  }
  for (const chunk of plan.chunks) await send(chunk)

  switch (plan.end) {
    case 'finish':
      return settle(signal, (done) => response.end(done))
    case 'cut':
      onCut()
      response.socket?.destroy()
      return
    case 'repeat': {
      const last = plan.chunks.at(-1)
      // The signal ends it, by a rejection.
      if (last !== undefined) for (;;) await send(last)
    }
  }
  return settle(signal, () => {})
}

/** Resolves when what `start` began is done, or rejects with the reason of the signal. */
function settle(signal: AbortSignal, start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    start((error) => {
      // What fails fails because the client has left, and the signal is about to say so.
      if (error) return
      signal.removeEventListener('abort', abort)
      resolve()
    })
  })
}
