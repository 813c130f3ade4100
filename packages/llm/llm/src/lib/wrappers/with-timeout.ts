import { type Clock, onAbort, systemClock } from '@empire/clock'
import { describeValue } from '@empire/errors'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import type { StreamPart } from '../stream-part.ts'
import { isContent } from './is-content.ts'

/** How long what may take, in milliseconds. What is left out may take for ever. */
export interface WithTimeoutOptions {
  /** From the call to the first part of a stream. */
  connect?: number | undefined
  /** From the call to the first content of a stream. */
  firstContent?: number | undefined
  /** From one part of a stream to the next. */
  betweenParts?: number | undefined
  /** From the call to its end. */
  whole?: number | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

const limits = ['connect', 'firstContent', 'betweenParts', 'whole'] as const

type Limit = (typeof limits)[number]

const named: Readonly<Record<Limit, string>> = {
  connect: 'a first part',
  firstContent: 'first content',
  betweenParts: 'a further part',
  whole: 'the end of the answer',
}

/**
 * Ends a call that takes too long with a `timeout` error, and closes what it has opened. Time in which nobody pulls a
 * part does not count as time between parts.
 */
export function withTimeout(model: LanguageModel, options: WithTimeoutOptions): LanguageModel {
  for (const limit of limits) checkLimit(limit, options[limit])
  const { clock = systemClock, betweenParts } = options

  async function* stream(request: ModelRequest, call: CallOptions = {}): AsyncGenerator<StreamPart, void, undefined> {
    const watch = createWatch(call.signal, clock)
    try {
      watch.expect({ whole: options.whole, connect: options.connect, firstContent: options.firstContent })
      const parts = model.stream(request, { ...call, signal: watch.signal })[Symbol.asyncIterator]()
      let ended = false
      try {
        while (true) {
          const result = await parts.next()
          watch.forget('connect')
          watch.forget('betweenParts')
          if (result.done === true) {
            ended = true
            return
          }
          if (isContent(result.value)) watch.forget('firstContent')
          yield result.value
          if (betweenParts !== undefined) watch.expect({ betweenParts })
        }
      } catch (error) {
        ended = true
        throw error
      } finally {
        if (!ended) await parts.return?.()
      }
    } finally {
      watch.stop()
    }
  }

  async function generate(request: ModelRequest, call: CallOptions = {}) {
    const watch = createWatch(call.signal, clock)
    try {
      watch.expect({ whole: options.whole })
      return await model.generate(request, { ...call, signal: watch.signal })
    } finally {
      watch.stop()
    }
  }

  return Object.freeze({ ...model, stream, generate })
}

/** Why a wait ends early; nobody sees it, and an error would cost a stack. */
const over = 'over'

/** Aborts a signal of its own with a `timeout` error when a limit is over, and with the reason of the other signal. */
function createWatch(signal: AbortSignal | undefined, clock: Clock) {
  const controller = new AbortController()
  const deadlines = new Map<Limit, { readonly at: number; readonly limit: number }>()
  const unlink = signal === undefined ? () => {} : onAbort(signal, () => controller.abort(signal.reason))
  let sleeping: { readonly until: number; readonly end: AbortController } | undefined

  function first(): [Limit, { readonly at: number; readonly limit: number }] | undefined {
    let least: [Limit, { readonly at: number; readonly limit: number }] | undefined
    for (const entry of deadlines) if (least === undefined || entry[1].at < least[1].at) least = entry
    return least
  }

  /** One wait for all deadlines. One that moves is looked at again when it is over: parts come faster than timers can be set. */
  async function wait(until: number, end: AbortController): Promise<void> {
    sleeping = { until, end }
    await clock.sleep(until - clock.now(), { signal: end.signal })
    sleeping = undefined
    const next = first()
    if (next === undefined) return
    const [name, { at, limit }] = next
    if (at <= clock.now()) controller.abort(timeout(name, limit))
    else watch()
  }

  /** Sees to it that the wait ends by the first deadline. */
  function watch(): void {
    const next = first()
    if (next === undefined || (sleeping !== undefined && sleeping.until <= next[1].at)) return
    sleeping?.end.abort(over)
    // What ends a wait is `stop`, or an earlier deadline.
    wait(next[1].at, new AbortController()).catch(() => {})
  }

  return {
    signal: controller.signal,
    expect(limitsNow: Partial<Record<Limit, number | undefined>>) {
      const now = clock.now()
      for (const name of limits) {
        const limit = limitsNow[name]
        if (limit !== undefined) deadlines.set(name, { at: now + limit, limit })
      }
      watch()
    },
    forget: (name: Limit) => deadlines.delete(name),
    stop() {
      unlink()
      deadlines.clear()
      sleeping?.end.abort(over)
    },
  }
}

function timeout(name: Limit, limit: number): ModelError {
  return new ModelError(
    'timeout',
    `Expected ${named[name]} within ${limit} ms. Raise "${name}" if the model needs longer.`,
    {
      details: { waitedFor: name, milliseconds: limit },
    },
  )
}

function checkLimit(name: Limit, limit: unknown): void {
  if (limit === undefined || (typeof limit === 'number' && limit > 0)) return
  throw new TypeError(`Expected "${name}" to be a number of milliseconds above 0, got ${describeValue(limit)}.`)
}
