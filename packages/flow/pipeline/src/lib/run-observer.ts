import type { BreakerState } from '@empire/resilience'
import type { PipelineEvent } from './pipeline-event.ts'

/**
 * Hears everything that happens in a run, with the values behind it: for audits.
 *
 * `step-start`, `compensate-start` and `rollback-start` are heard before the work, and the work waits for a promise that is given;
 * the other events are heard after it, and what follows waits. An observer that throws or rejects is not called again and stops
 * the run like a failed step, which is rolled back.
 */
export interface RunObserver {
  /**
   * Hears an event.
   *
   * @param unit The values of the step; `undefined` for events of the whole run.
   */
  observe(event: PipelineEvent, unit: ObservedUnit | undefined): void | Promise<unknown>
}

/** The values behind an event of a step, as they are at the moment. */
export interface ObservedUnit {
  readonly input: unknown
  readonly needs: Readonly<Record<string, unknown>>
  /** What the unit gave. `undefined` until it is completed. */
  readonly output: unknown
  readonly idempotencyKey: string
  /** The item of a map, the value of a loop before this turn. */
  readonly item: unknown
  /** The breaker that the unit is behind, if any, with its state now. */
  readonly breaker: { readonly name: string; readonly state: BreakerState } | undefined
}
