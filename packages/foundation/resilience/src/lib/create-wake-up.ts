import type { Clock } from '@empire/clock'

/** One pending call at most. */
export interface WakeUp {
  /** Calls once `delay` milliseconds from now are over; a call that is due sooner is kept instead. */
  after(delay: number): void
  cancel(): void
}

const cancelled = Symbol('cancelled')

export function createWakeUp(clock: Clock, call: () => void): WakeUp {
  let pending: { readonly at: number; readonly controller: AbortController } | undefined
  return { after, cancel }

  function after(delay: number): void {
    const at = clock.now() + delay
    if (pending !== undefined && pending.at <= at) return
    cancel()
    const controller = new AbortController()
    const mine = (pending = { at, controller })
    clock.sleep(delay, { signal: controller.signal }).then(ring, fail)

    function ring(): void {
      if (pending !== mine) return
      pending = undefined
      call()
    }
    function fail(error: unknown): void {
      // A clock that breaks would leave everyone waiting: let it be known.
      if (!controller.signal.aborted) throw error
    }
  }

  function cancel(): void {
    pending?.controller.abort(cancelled)
    pending = undefined
  }
}
