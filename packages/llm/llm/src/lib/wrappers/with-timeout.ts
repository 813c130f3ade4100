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
  const { clock = systemClock } = options

  async function* stream(request: ModelRequest, call: CallOptions = {}): AsyncGenerator<StreamPart, void, undefined> {
    const watch = createWatch(call.signal, clock)
    try {
      watch.expect('whole', options.whole)
      watch.expect('connect', options.connect)
      watch.expect('firstContent', options.firstContent)
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
          watch.expect('betweenParts', options.betweenParts)
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
      watch.expect('whole', options.whole)
      return await model.generate(request, { ...call, signal: watch.signal })
    } finally {
      watch.stop()
    }
  }

  return Object.freeze({ ...model, stream, generate })
}

/** Aborts a signal of its own with a `timeout` error when a limit is over, and with the reason of the other signal. */
function createWatch(signal: AbortSignal | undefined, clock: Clock) {
  const controller = new AbortController()
  const stopped = new AbortController()
  const deadlines = new Map<Limit, number>()
  const waiting = new Set<Limit>()
  const unlink = signal === undefined ? () => {} : onAbort(signal, () => controller.abort(signal.reason))

  /** A deadline that moves is looked at again when the old one is over: parts come faster than timers can be set. */
  async function wait(name: Limit, limit: number): Promise<void> {
    waiting.add(name)
    for (let at = deadlines.get(name); at !== undefined; at = deadlines.get(name)) {
      const left = at - clock.now()
      if (left <= 0) return controller.abort(timeout(name, limit))
      await clock.sleep(left, { signal: stopped.signal })
    }
    waiting.delete(name)
  }

  return {
    signal: controller.signal,
    expect(name: Limit, limit: number | undefined) {
      if (limit === undefined) return
      deadlines.set(name, clock.now() + limit)
      // What ends a wait is `stop`.
      if (!waiting.has(name)) wait(name, limit).catch(() => {})
    },
    forget: (name: Limit) => deadlines.delete(name),
    stop() {
      unlink()
      deadlines.clear()
      stopped.abort()
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
