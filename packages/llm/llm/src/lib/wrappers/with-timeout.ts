import { callAfter, type Clock, linkSignal, systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest } from '../model-request.ts'
import { layerStream, sourceOf } from '../stream/layered-stream.ts'
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
 * part does not count as time between parts. `generate` has no parts: it keeps to `whole`, and to nothing else.
 */
export function withTimeout(model: LanguageModel, options: WithTimeoutOptions): LanguageModel {
  expectKnownKeys('withTimeout: "options"', options, [...limits, 'clock'])
  for (const limit of limits) checkLimit(limit, options[limit])
  const { clock = systemClock } = options

  function stream(request: ModelRequest, call: CallOptions = {}): AsyncIterable<StreamPart> {
    let watch: Watch
    let begun = false
    return layerStream({
      begin() {
        watch = createWatch(call.signal, clock)
        watch.expect('connect', options.connect)
        watch.expect('firstContent', options.firstContent)
        watch.expect('whole', options.whole)
      },
      source() {
        const source = sourceOf(model.stream(request, { ...call, signal: watch.signal }))
        return {
          pull(sink) {
            if (begun) watch.expect('betweenParts', options.betweenParts)
            begun = true
            source.pull(sink)
          },
          close: () => source.close(),
        }
      },
      see(part) {
        watch.forget('connect')
        watch.forget('betweenParts')
        if (isContent(part)) watch.forget('firstContent')
      },
      closed: () => watch.stop(),
    })
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

/** No deadline. */
const never = Infinity

type Watch = ReturnType<typeof createWatch>

/** Aborts a signal of its own with a `timeout` error when a limit is over, and with the reason of the other signal. */
function createWatch(outer: AbortSignal | undefined, clock: Clock) {
  const { signal, abort, unlink } = linkSignal(outer)
  const deadlines: Record<Limit, number> = { connect: never, firstContent: never, betweenParts: never, whole: never }
  const allowed: Partial<Record<Limit, number>> = {}
  let stopTimer: (() => void) | undefined
  let until = never

  function first(): Limit {
    let least: Limit = 'whole'
    for (const name of limits) if (deadlines[name] < deadlines[least]) least = name
    return least
  }

  /** One timer for all deadlines. One that moves is looked at again when it is over: parts come faster than timers can be set. */
  function look(): void {
    until = never
    const name = first()
    const at = deadlines[name]
    const now = clock.now()
    if (at <= now) abort(timeout(name, allowed[name]))
    else lookAt(at, now)
  }

  /** Sees to it that there is a look by a deadline. */
  function lookAt(at: number, now: number): void {
    if (at >= until) return
    stopTimer?.()
    until = at
    stopTimer = callAfter(clock, at - now, look)
  }

  return {
    signal,
    expect(name: Limit, limit: number | undefined) {
      if (limit === undefined) return
      const now = clock.now()
      deadlines[name] = now + limit
      allowed[name] = limit
      lookAt(now + limit, now)
    },
    forget(name: Limit) {
      deadlines[name] = never
    },
    stop() {
      unlink()
      stopTimer?.()
    },
  }
}

function timeout(name: Limit, limit: number | undefined): ModelError {
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
