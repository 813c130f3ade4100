import { steadyNow } from '@empire/clock'
import type { Breaker, BreakerContext, BreakerState } from './breaker.ts'
import { BreakerOpenError } from './breaker-open-error.ts'
import { type BreakerOptions, breakerSettings, type BreakerSettings, everyError } from './breaker-settings.ts'
import { type Circuit, createCircuit } from './create-circuit.ts'
import { createMistakes } from './create-mistakes.ts'
import { expectFunction, expectObject, expectSignal } from './expect-option.ts'
import { resilienceEvents } from './resilience-events.ts'
import { sharedBreaker } from './shared-breaker.ts'
import { withoutTrace } from './without-trace.ts'

const noContext: BreakerContext = Object.freeze({})

/**
 * A circuit breaker: opens when too large a share of the latest calls failed, refuses calls for `resetAfter`, then lets
 * one through on trial. If that succeeds the breaker closes, if it fails it opens again; if it does not end within
 * `resetAfter`, another is let through.
 *
 * @throws {TypeError} when a breaker of this name exists and an option that is stated differs from its own.
 */
export function createBreaker(options: BreakerOptions = {}): Breaker {
  const settings = breakerSettings(options)
  return settings.name === undefined ? breakerOf(settings) : sharedBreaker(settings.name, options, settings, breakerOf)
}

function breakerOf(settings: BreakerSettings): Breaker {
  const { name, resetAfter } = settings
  const timeNow = steadyNow(settings.clock)
  const steadily: BreakerSettings = { ...settings, clock: { ...settings.clock, now: timeNow } }
  // Most breakers have no filter that could be mistaken, and what they do not need they do not pay for.
  const mistakes = settings.isFailure === everyError ? undefined : createMistakes()
  /** None while open. */
  let circuit: Circuit | undefined = begin(false)
  /** When the breaker opened, or began the latest trial. */
  let since = 0
  return Object.freeze({
    name,
    get state() {
      if (circuit !== undefined) return circuit.closed ? 'closed' : 'half-open'
      return timeNow() - since < resetAfter ? 'open' : 'half-open'
    },
    run,
  })

  function run<Value>(
    task: (context: BreakerContext) => Value | PromiseLike<Value>,
    context: BreakerContext = noContext,
  ): Promise<Value> {
    // Not an async function: it would cost as much again as the rest.
    try {
      expectFunction('breaker.run: "task"', task)
      expectObject('breaker.run: "options"', context)
      expectSignal('breaker.run: "signal"', context.signal)
      context.signal?.throwIfAborted()
    } catch (error) {
      return Promise.reject(error)
    }
    const admitting = circuit?.closed ? circuit : trial()
    if (admitting === undefined) return Promise.reject(refusal())
    const result = admitting.fire(task, context) as Promise<Value>
    return mistakes === undefined ? result : result.catch((error: unknown) => mistakes.rethrow(error))
  }

  /** A half-open circuit for one call, if it is time for that. */
  function trial(): Circuit | undefined {
    const now = timeNow()
    if (now - since < resetAfter) return undefined
    // A trial that has not ended by now is no longer waited for.
    circuit?.shutdown()
    circuit = begin(true)
    since = now
    announce('half-open')
    return circuit
  }

  function refusal(): BreakerOpenError {
    const left = circuit === undefined ? since + resetAfter - timeNow() : undefined
    // Refusals come by the thousand, and a trace costs six times as much as all the rest.
    return withoutTrace(() => new BreakerOpenError(name, left))
  }

  function begin(halfOpen: boolean): Circuit {
    const begun = createCircuit(steadily, halfOpen, {
      onUndecided: () => end(begun, -Infinity),
      onMistake: (error, mistake) => mistakes?.note(error, mistake),
    })
    begun.on('open', () => {
      end(begun, timeNow())
      announce('open')
    })
    begun.on('close', () => announce('closed'))
    return begun
  }

  function end(ended: Circuit, at: number): void {
    // opossum has just started a timer for the end of the open phase. Shutting down stops it.
    ended.shutdown()
    circuit = undefined
    since = at
  }

  function announce(state: BreakerState): void {
    resilienceEvents['breaker-state'].publish({ name: name ?? '', state })
  }
}
