import type { CompactionDraft } from './compaction-draft.ts'

/** A way to make a context shorter. A frozen object, which may serve any number of contexts at once. */
export interface CompactionStrategy {
  /** What plans, events and errors call it: `keepRecent`. */
  readonly name: string
  /**
   * Changes the draft. It throws to refuse; the draft is then thrown away.
   *
   * A strategy that waits does so for `draft.options.signal` no longer than for its work.
   */
  run(draft: CompactionDraft): void | Promise<void>
}
