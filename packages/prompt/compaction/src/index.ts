export { apply, type AppliedCompaction } from './lib/apply.ts'
export { archiveReceipt, type ArchivedReceipt, loadReceipt } from './lib/archive-receipt.ts'
export { byPriority, type ByPriorityOptions } from './lib/by-priority.ts'
export { CannotFitError } from './lib/cannot-fit-error.ts'
export { compact } from './lib/compact.ts'
export type { CompactionDraft, DraftMessage } from './lib/compaction-draft.ts'
export { compactionEvents } from './lib/compaction-events.ts'
export type { CompactionOptions } from './lib/compaction-options.ts'
export type {
  CachedPrefix,
  Change,
  CompactionCost,
  CompactionPlan,
  CompactionWarning,
  PlannedChange,
  RequestCost,
} from './lib/compaction-plan.ts'
export type { CompactionReceipt, MessagesMark, RemovedMessage } from './lib/compaction-receipt.ts'
export type { CompactionStrategy } from './lib/compaction-strategy.ts'
export type { CompactionAction } from './lib/draft-slots.ts'
export { dropToolResults, type DropToolResultsOptions } from './lib/drop-tool-results.ts'
export { keepRecent, type KeepRecentOptions } from './lib/keep-recent.ts'
export { NoSummarizerError } from './lib/no-summarizer-error.ts'
export { plan } from './lib/plan.ts'
export { ReceiptError } from './lib/receipt-error.ts'
export type { ReceiptStore } from './lib/receipt-store.ts'
export { restore } from './lib/restore.ts'
export { sequence } from './lib/sequence.ts'
export { shorten, type ShortenOptions, type TextRole } from './lib/shorten.ts'
export { summarizeHistory, type SummarizeHistoryOptions } from './lib/summarize-history.ts'
export type { Summarizer, SummarizerCall } from './lib/summarizer.ts'
export { SummaryError } from './lib/summary-error.ts'
export type { TokenPrices } from './lib/token-prices.ts'
export { fits, type StopCondition, until } from './lib/until.ts'
