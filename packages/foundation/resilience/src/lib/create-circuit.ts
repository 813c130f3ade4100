import { EventEmitter } from 'node:events'
import CircuitBreaker from 'opossum'
import type { BreakerContext } from './breaker.ts'
import type { BreakerSettings } from './breaker-settings.ts'
import { FailureWindow } from './failure-window.ts'
import { isAbort } from './is-abort.ts'

type Task = (context: BreakerContext) => unknown

export type Circuit = CircuitBreaker<[Task, BreakerContext]>

export interface CircuitListeners {
  /** The trial call of a half-open circuit was aborted: nothing is known yet. */
  onUndecided(): void
  /** `isFailure` has thrown `mistake` about `error`. */
  onMistake(error: unknown, mistake: unknown): void
}

/** opossum's state machine for one phase: closed, or half-open and then closed. It ends with `open`. */
export function createCircuit(
  settings: BreakerSettings,
  halfOpen: boolean,
  { onUndecided, onMistake }: CircuitListeners,
): Circuit {
  const { failureRate, minimumCalls, isFailure, clock } = settings
  const window = new FailureWindow(settings.window, clock)
  let uncounted = false
  // Its types know neither "state" nor that "errorFilter" gets the arguments of the task.
  const options = {
    timeout: false as const,
    // opossum opens above its threshold, we open at ours.
    errorThresholdPercentage: failureRate * 100 - 1e-9,
    volumeThreshold: minimumCalls,
    errorFilter: isForgiven as (error: unknown) => boolean,
    status: countingStatus(),
    state: { closed: !halfOpen, halfOpen },
  }
  const circuit: Circuit = new CircuitBreaker(runTask, options)
  // Nothing is to be done when a call begins, and one listener is called at half the cost of several.
  circuit.removeAllListeners('fire')
  circuit.removeAllListeners('success')
  circuit.on('success', succeed)
  return circuit

  function succeed(): void {
    if (circuit.halfOpen) circuit.close()
    else if (uncounted) uncounted = false
    else window.record(false)
  }

  function isForgiven(error: unknown, _task: Task, { signal }: BreakerContext): boolean {
    if (!isAbort(error, signal)) return !judge(error)
    // opossum takes what is forgiven for a success.
    if (circuit.halfOpen) onUndecided()
    else uncounted = true
    return true
  }

  function judge(error: unknown): boolean {
    try {
      return isFailure(error)
    } catch (mistake) {
      onMistake(error, mistake)
      return true
    }
  }

  /** opossum counts calls when they begin and keeps each latency; ours counts what has ended, in constant memory. */
  function countingStatus(): CircuitBreaker.Status {
    // A controller that never says to rotate keeps opossum from starting a timer: our window moves by the injected clock.
    const status = CircuitBreaker.newStatus({ rotateBucketController: new EventEmitter(), enableSnapshots: false })
    return Object.defineProperties(status, {
      increment: { value: (event: string) => event === 'failures' && window.record(true) },
      stats: { get: () => ({ fires: window.calls, failures: window.failures }) },
    })
  }
}

function runTask(task: Task, context: BreakerContext): Promise<unknown> {
  const result = task(context)
  return result instanceof Promise ? result : Promise.resolve(result)
}
