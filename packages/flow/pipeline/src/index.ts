export { definePipeline, type PipelineOptions } from './lib/define-pipeline.ts'
export { InvalidInputError, type InputIssue } from './lib/invalid-input-error.ts'
export type { Journal, JournalRun, JournalSession, RunFilter, RunStatus, RunSummary, StoredRun } from './lib/journal.ts'
export type { JournalEntry, NotUndone, RunEndStatus } from './lib/journal-entry.ts'
export type { NewStepName, Needs, OutputWhen, Pipeline, WithOutput } from './lib/pipeline.ts'
export type { PipelineEvent } from './lib/pipeline-event.ts'
export { pipelineEvents } from './lib/pipeline-events.ts'
export type { ExecutorRunOptions, PipelineExecutor } from './lib/pipeline-executor.ts'
export type { PipelineShape, StepKind, StepShape } from './lib/pipeline-shape.ts'
export { RunBusyError } from './lib/run-busy-error.ts'
export type { ObservedUnit, RunObserver } from './lib/run-observer.ts'
export type { RunOptions } from './lib/run-options.ts'
export type { RunResult } from './lib/run-result.ts'
export { statusAfter, statusOf } from './lib/run-status.ts'
export { RunTakenOverError } from './lib/run-taken-over-error.ts'
export type { ItemContext, Outcome, StepContext, StepInputs, TurnContext } from './lib/step-context.ts'
export type {
  Condition,
  LoopDefinition,
  MapDefinition,
  NodeOptions,
  StepDefinition,
  UseDefinition,
} from './lib/step-definition.ts'
export { StepFailedError, type SuppressedFailure } from './lib/step-failed-error.ts'
export type { FinishedStep, StepReport, UnstartedStep } from './lib/step-report.ts'
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
