import type { DeadLetter, IngestStep } from './dead-letter.ts'
import type { Problem } from './ingest-error.ts'

/** How a run ended. Plain data; `found` is the sum of what follows it down to `stopped`. */
export interface IngestReport {
  /** Items that the source listed, and those that it lists no more. */
  readonly found: number
  /** Documents that the sink took. */
  readonly indexed: number
  /** Items that are in the sink as they are at the source. */
  readonly unchanged: number
  /** Documents that were removed from the sink, for their items are gone. */
  readonly deleted: number
  /** Items with nothing in them to index. */
  readonly skipped: number
  /** Items that failed: each has a dead letter. What the sink had of them before, it still has. */
  readonly deadLettered: number
  /** Items that were found but not finished, when the run was aborted or broke. The next run takes them up. */
  readonly stopped: number
  /** Chunks that the sink took. */
  readonly chunks: number
  /** Size in bytes of the documents that the sink took. */
  readonly bytes: number
  /** One for each item skipped, dead-lettered or stopped, in the order in which they ended. */
  readonly problems: readonly Problem[]
}

/** What happens in a run. Each item found ends in one event of the types `indexed` to `stopped`. */
export type IngestEvent =
  | {
      readonly type: 'indexed'
      /** The id of the item, as in the other types. */
      readonly id: string
      readonly path: string
      readonly chunks: number
      readonly bytes: number
    }
  | { readonly type: 'unchanged'; readonly id: string; readonly path: string }
  | { readonly type: 'deleted'; readonly id: string }
  | { readonly type: 'skipped'; readonly id: string; readonly problem: Problem }
  | {
      readonly type: 'dead-lettered'
      readonly id: string
      readonly problem: Problem
      readonly letter: DeadLetter
      readonly error: unknown
    }
  | { readonly type: 'stopped'; readonly id: string; readonly problem: Problem }
  /** An attempt failed, and another follows. */
  | {
      readonly type: 'retry'
      /** `undefined`: it is not about one item, as when the sink makes sure of what it took. */
      readonly id: string | undefined
      /** Of the item, else the name of the source. */
      readonly path: string
      readonly step: IngestStep
      /** 1 for the first. */
      readonly attempt: number
      /** Milliseconds until the next one. */
      readonly delay: number
      readonly error: unknown
    }
  /** The run is over, also by an error or abort. */
  | { readonly type: 'end'; readonly report: IngestReport }
