import { isThenable } from './is-thenable.ts'
import type { PipelineEvent } from './pipeline-event.ts'
import { pipelineEvents, publishEvent } from './pipeline-events.ts'
import type { ObservedUnit, RunObserver } from './run-observer.ts'
import type { RunOptions } from './run-options.ts'

export interface Emitter {
  /** Whether anybody hears events of that type: to ask before one is made. */
  hears(type: PipelineEvent['type']): boolean
  /** Gives a promise where an observer has to be waited for; it never rejects. */
  emit(event: PipelineEvent, unit: ObservedUnit | undefined): Promise<void> | undefined
  /** Waits for promises of the listener; `undefined` if there are none. */
  settle(): Promise<void> | undefined
}

interface EmitterOptions extends Pick<RunOptions, 'onEvent' | 'observers'> {
  /** Told what a listener or an observer has thrown; neither is called again. */
  readonly onFault: (reason: unknown) => void
}

/** Tells the process, the listener and the observers of a run what happens. */
export function createEmitter({ onEvent, observers = [], onFault }: EmitterOptions): Emitter {
  let listener = onEvent
  /** Promises of the listener that have not settled. */
  let pending = 0
  let idle: PromiseWithResolvers<void> | undefined
  const live = new Set(observers)

  function tellListener(event: PipelineEvent): void {
    try {
      const heard: unknown = listener?.(event)
      if (!isThenable(heard)) return
      pending++
      void Promise.resolve(heard).then(nothing, failListener).then(countDown)
    } catch (reason) {
      failListener(reason)
    }
  }

  function countDown(): void {
    if (--pending > 0) return
    idle?.resolve()
    idle = undefined
  }

  function failListener(reason: unknown): void {
    listener = undefined
    onFault(reason)
  }

  function tellObserver(observer: RunObserver, event: PipelineEvent, unit: ObservedUnit | undefined) {
    const fail = (reason: unknown): void => {
      live.delete(observer)
      onFault(reason)
    }
    try {
      const heard: unknown = observer.observe(event, unit)
      return isThenable(heard) ? Promise.resolve(heard).then(nothing, fail) : undefined
    } catch (reason) {
      return fail(reason)
    }
  }

  return {
    hears: (type) => listener !== undefined || live.size > 0 || pipelineEvents[type].hasSubscribers,
    emit(event, unit) {
      publishEvent(event)
      if (listener !== undefined) tellListener(event)
      let waits: Promise<void> | undefined
      // One that fails leaves the set while it is gone through; none joins it.
      for (const observer of live) {
        const wait = tellObserver(observer, event, unit)
        if (wait !== undefined) waits = waits === undefined ? wait : Promise.all([waits, wait]).then(nothing)
      }
      return waits
    },
    settle() {
      if (pending === 0) return undefined
      idle ??= Promise.withResolvers()
      return idle.promise
    },
  }
}

function nothing(): void {}
