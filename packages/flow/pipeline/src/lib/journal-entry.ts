import type { PipelineShape } from './pipeline-shape.ts'
import type { StoredReason } from './stored-reason.ts'

/**
 * What happened in a run, as JSON. `at` is in milliseconds since the epoch.
 *
 * `key` names a unit of work: `fetch` is a step, `pages[3]` an item of a map or a turn of a loop, `review/fetch` a step of a
 * pipeline inside. A map, a loop and a pipeline inside have an entry of their own at start and end, around those of their parts.
 */
export type JournalEntry =
  /** Written before the work begins, once for each attempt. Without an end of the same key the work may have acted. */
  | {
      readonly type: 'step-start'
      readonly key: string
      /** 1 for the first; goes on counting when the run is resumed. */
      readonly attempt: number
      readonly at: number
      /** How many items a map has. */
      readonly size?: number
      /** Where the step has one of its own: what acted with it is tried again, and undone, with the same. */
      readonly idempotencyKey?: string
    }
  | {
      readonly type: 'step-end'
      readonly key: string
      readonly at: number
      /** Absent where the step gave `undefined`, and of maps, loops and pipelines inside: theirs is in their parts. */
      readonly output?: unknown
    }
  | { readonly type: 'step-skipped'; readonly key: string; readonly at: number }
  /** For good: an attempt that is followed by another has no entry. Of several, the first is why the run failed. */
  | { readonly type: 'step-failed'; readonly key: string; readonly at: number; readonly error: StoredReason }
  /** It gave up because the run was stopping. */
  | { readonly type: 'step-aborted'; readonly key: string; readonly at: number }
  /** From here on steps are only undone. */
  | {
      readonly type: 'rollback-start'
      readonly at: number
      readonly status: 'failed' | 'aborted'
      /** The step whose failure is the reason, if it is one. */
      readonly key?: string
      readonly reason: StoredReason
    }
  | { readonly type: 'compensate-start'; readonly key: string; readonly attempt: number; readonly at: number }
  | { readonly type: 'compensate-end'; readonly key: string; readonly at: number }
  | { readonly type: 'compensate-failed'; readonly key: string; readonly at: number; readonly error: StoredReason }
  /** The author's migration to another definition: `entries` stand for all that came before. */
  | {
      readonly type: 'migrated'
      readonly at: number
      readonly fingerprint: string
      readonly shape: PipelineShape
      readonly entries: readonly JournalEntry[]
    }
  /** The last entry of a run. Where a listener refuses the end of one that has completed, a rollback and another end follow. */
  | {
      readonly type: 'run-end'
      readonly at: number
      readonly status: RunEndStatus
      readonly notUndone?: readonly NotUndone[]
    }

/** How a run ended. `failed` and `aborted`: what it did is undone. `rollback-incomplete`: some of it could not be. */
export type RunEndStatus = 'completed' | 'failed' | 'aborted' | 'rollback-incomplete'

/** An effect that a rollback had to leave, as JSON. */
export interface NotUndone {
  /** The key of the unit of work: `charge`, `pages[3]`, `review/charge`. */
  readonly step: string
  /**
   * `irreversible`: its author says so. `compensation-failed`: after all its attempts. `still-running`: it ignored its signal
   * after its timeout, and may act after it was compensated.
   */
  readonly why: 'irreversible' | 'compensation-failed' | 'still-running'
  /** Whether the step is known to have done its work; `false`: it failed or was stopped, and may have acted. */
  readonly completed: boolean
  /** What the compensation threw, in words. */
  readonly message?: string
}
