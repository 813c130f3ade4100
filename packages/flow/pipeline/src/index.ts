export { definePipeline, type PipelineOptions } from './lib/define-pipeline.ts'
export { createExecutor, type ExecutorOptions } from './lib/create-executor.ts'
export { createMemoryJournal } from './lib/create-memory-journal.ts'
export { expectJson } from './lib/expect-json.ts'
export { expectRunFilter } from './lib/expect-run-filter.ts'
export type { InputIssue } from './lib/input-issue.ts'
export { InvalidInputError } from './lib/invalid-input-error.ts'
export type { Journal, JournalRun, JournalSession, RunFilter, RunStatus, RunSummary, StoredRun } from './lib/journal.ts'
export type { JournalEntry, NotUndone, RunEndStatus } from './lib/journal-entry.ts'
export { ItemsChangedError } from './lib/items-changed-error.ts'
export { JournalFailedError } from './lib/journal-failed-error.ts'
export { LoopLimitError } from './lib/loop-limit-error.ts'
export type { Migrate, PipelineChange } from './lib/migrate.ts'
export type { NewStepName, Needs, OutputWhen, Pipeline, WithOutput } from './lib/pipeline.ts'
export { NotJsonError } from './lib/not-json-error.ts'
export { PipelineChangedError } from './lib/pipeline-changed-error.ts'
export type { PipelineEvent } from './lib/pipeline-event.ts'
export { pipelineEvents } from './lib/pipeline-events.ts'
export type { ExecutorRunOptions, PipelineExecutor } from './lib/pipeline-executor.ts'
export type { PipelineShape, StepKind, StepShape } from './lib/pipeline-shape.ts'
export { resume, type ResumeOptions } from './lib/resume.ts'
export { RollbackIncompleteError } from './lib/rollback-incomplete-error.ts'
export { RunBusyError } from './lib/run-busy-error.ts'
export { RunInputChangedError } from './lib/run-input-changed-error.ts'
export { RunNotFoundError } from './lib/run-not-found-error.ts'
export type { ObservedUnit, RunObserver } from './lib/run-observer.ts'
export type { RunOptions } from './lib/run-options.ts'
export type { RunResult } from './lib/run-result.ts'
export { statusAfter, statusOf } from './lib/run-status.ts'
export { RunTakenOverError } from './lib/run-taken-over-error.ts'
export type { ItemContext, Outcome, StepContext, StepInputs, TurnContext } from './lib/step-context.ts'
export type {
  Decision,
  LoopDefinition,
  MapDefinition,
  NodeOptions,
  StepDefinition,
  UseDefinition,
} from './lib/step-definition.ts'
export { StepFailedError, type SuppressedFailure } from './lib/step-failed-error.ts'
export type { FinishedStep, StepReport, UnstartedStep } from './lib/step-report.ts'
export { reviveReason, storeReason } from './lib/store-reason.ts'
export type { StoredReason } from './lib/stored-reason.ts'
export type {
  Compensation,
  EffectOptions,
  Resource,
  StepBreaker,
  StepRetry,
  StepTimeout,
  WorkOptions,
} from './lib/work-options.ts'
