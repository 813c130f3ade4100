import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describeValue } from '@empire/errors'
import { redactText } from '@empire/redaction'
import { sleep } from '../sleep.ts'
import { completeApi, type FakeApi, type FakeFailure, type FakeHandler } from './fake-api.ts'
import { createScript, type FakeScript } from './create-script.ts'
import { frameEvent, type FakeReply, type Frame, frameReply } from './fake-reply.ts'
import type { FakeRequest, RequestState } from './fake-request.ts'
import type { FakeStep, StatusFault, StreamErrorFault } from './fake-step.ts'
import { planReply } from './plan-reply.ts'
import { Progress } from './progress.ts'
import { mostBytes, receiveRequest } from './receive-request.ts'
import { sendReply } from './send-reply.ts'

/** What a fake server waits with; that of `createManualClock` is one. */
export interface FakeServerClock {
  /** Resolves after so many milliseconds, or rejects with the reason of the signal. */
  sleep(ms: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
}

/** Where a fake server listens, and its time. */
export interface FakeServerOptions {
  /** Default: a free one. */
  readonly port?: number | undefined
  /** What the delays of the script are measured with: with a manual clock, a test says when each frame is sent. Default: the real one. */
  readonly clock?: FakeServerClock | undefined
}

/** A server on a real socket of this machine. */
export interface FakeServer<Step = FakeStep> extends AsyncDisposable {
  /** `http://127.0.0.1:…`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** What has been received, in order. */
  readonly requests: readonly FakeRequest[]
  /** How many requests are not yet answered to the end. */
  readonly openRequests: number
  /** How many connections are open, with those that a client keeps for later. */
  readonly openSockets: number
  /** Adds steps to a script that is a list. */
  enqueue(...steps: Step[]): void
  /** Resolves as soon as `count` requests have been received. */
  whenReceived(count: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** Resolves as soon as `count` frames have been sent, of all replies together. Half a frame before a cut counts, too. */
  whenSent(count: number, options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** Resolves as soon as no request is open. */
  whenIdle(options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** Breaks what is open and stops listening. */
  close(): Promise<void>
}

/** Starts a server that answers with `api`, in the time and with the faults that the script says. */
export async function createFakeServer<Step extends FakeStep | string = FakeStep>(
  api: FakeHandler<Step> | FakeApi<Step>,
  script?: FakeScript<Step>,
  options: FakeServerOptions = {},
): Promise<FakeServer<Step>> {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"options" must be an object, got ${describeValue(options)}.`)
  }
  const { port = 0, clock = { sleep } } = options
  // A text would be the path of a socket.
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`"port" must be a whole number from 0 to 65535, got ${describeValue(port)}.`)
  }
  if (typeof clock?.sleep !== 'function') {
    throw new TypeError(`"clock" must have a function "sleep", got ${describeValue(clock)}.`)
  }
  const { handle, isScripted, checkStep, error, streamError } = completeApi(api)
  const { take, enqueue } = createScript(script, isScripted, checkStep)
  const requests: FakeRequest[] = []
  const progress = new Progress()
  const closing = new AbortController()
  let openRequests = 0
  let openSockets = 0
  let sent = 0

  const server = createServer((incoming, response) => void answer(incoming, response))
  server.on('connection', (socket) => {
    openSockets += 1
    socket.once('close', () => {
      openSockets -= 1
      progress.change()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  const url = `http://127.0.0.1:${address.port}`

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const state: RequestState = { sent: 0, outcome: 'pending' }
    const left = new AbortController()
    response.once('close', () => left.abort(new Error('The client has left.')))
    const signal = AbortSignal.any([left.signal, closing.signal])
    openRequests += 1
    try {
      const request = await receiveRequest(incoming, url, state, () => requests.length)
      if (request === undefined) return void response.destroy()
      if (request === 'too-large') return void (await refuseBody(response, signal))
      requests.push(request)
      progress.change()
      await respond(request, state, response, signal)
    } catch (failure) {
      // Whoever is gone needs no answer; anything else is a fault of this server, and must not pass in silence.
      if (!signal.aborted && !response.destroyed) throw failure
    } finally {
      if (state.outcome === 'pending') state.outcome = response.writableFinished ? 'finished' : 'client-left'
      openRequests -= 1
      progress.change()
    }
  }

  async function respond(
    request: FakeRequest,
    state: RequestState,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> {
    const sending = {
      sleep: (ms: number) => clock.sleep(ms, { signal }),
      signal,
      onFrame() {
        state.sent += 1
        sent += 1
        progress.change()
      },
      onCut() {
        state.outcome = 'cut'
      },
    }
    try {
      const next = take(request)
      const step: FakeStep = typeof next === 'object' ? next : {}
      const { fault } = step
      const reply = frameReply(
        fault?.type === 'status' ? refuse(fault) : await unlessAborted(handle(request, next), signal),
      )
      const plan = planReply(reply, fault, frameError)
      await sendReply(response, reply, plan, step, sending)
    } catch (failure) {
      if (signal.aborted || response.headersSent) throw failure
      // A test that scripts too little, or a handler that throws, is told so by its own client.
      const reply = frameReply(error({ status: 400, message: redactText(String(failure)) }))
      await sendReply(response, reply, planReply(reply, undefined, frameError), {}, sending)
    }
  }

  async function refuseBody(response: ServerResponse, signal: AbortSignal): Promise<void> {
    const reply = frameReply(error({ status: 413, message: `Request exceeds the maximum size of ${mostBytes} bytes.` }))
    const plan = planReply(reply, undefined, frameError)
    await sendReply(response, reply, plan, {}, { sleep: clock.sleep, signal, onFrame() {}, onCut() {} })
  }

  function refuse(fault: StatusFault): FakeReply {
    const reply = error(failureOf(fault))
    const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
    return { ...reply, status: fault.status, headers: { ...reply.headers, ...retryAfter, ...fault.headers } }
  }

  function frameError(fault: StreamErrorFault): Frame {
    return frameEvent(streamError(failureOf(fault)))
  }

  async function close(): Promise<void> {
    closing.abort(new Error('The fake server is closed.'))
    server.closeAllConnections()
    server.close()
    await progress.when(() => !server.listening && openSockets === 0 && openRequests === 0, undefined)
  }

  return Object.freeze({
    url,
    port: address.port,
    requests,
    get openRequests(): number {
      return openRequests
    },
    get openSockets(): number {
      return openSockets
    },
    enqueue: (...steps: Step[]) => enqueue(steps),
    whenReceived(count: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
      checkCount(count)
      return progress.when(() => requests.length >= count, signal)
    },
    whenSent(count: number, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
      checkCount(count)
      return progress.when(() => sent >= count, signal)
    },
    whenIdle: ({ signal }: { signal?: AbortSignal | undefined } = {}) =>
      progress.when(() => openRequests === 0, signal),
    close,
    [Symbol.asyncDispose]: close,
  })
}

/** A handler may wait for ever; whoever asked may not. */
async function unlessAborted<Value>(value: Value | Promise<Value>, signal: AbortSignal): Promise<Value> {
  const gone = Promise.withResolvers<never>()
  const leave = (): void => gone.reject(signal.reason)
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([value, gone.promise])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}

function checkCount(count: number): void {
  if (Number.isSafeInteger(count) && count >= 0) return
  throw new TypeError(`"count" must be a whole number of at least 0, got ${describeValue(count)}.`)
}

function failureOf(fault: StatusFault | StreamErrorFault): FakeFailure {
  const { status, message = 'The script of this fake server asks for this error.' } = fault
  return { status, message, retryAfter: fault.type === 'status' ? fault.retryAfter : undefined }
}
