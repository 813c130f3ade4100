import type { JournalEntry } from './journal-entry.ts'
import type { PipelineShape } from './pipeline-shape.ts'

/**
 * Makes the entries of a run fit another definition: drops those of steps that are gone, gives keys new names, adds a `step-end` for
 * what need not be done. What it gives stands for all that the journal has so far; that is kept, too.
 *
 * Effects of steps whose entries it drops are undone by nobody.
 */
export type Migrate = (
  entries: readonly JournalEntry[],
  change: PipelineChange,
) => readonly JournalEntry[] | Promise<readonly JournalEntry[]>

/** From which definition to which. */
export interface PipelineChange {
  readonly from: PipelineShape
  readonly to: PipelineShape
  /** What differs, in words: `step "b" was removed`. */
  readonly differences: readonly string[]
}
