export { DatabaseUnavailableError } from './lib/database-unavailable-error.ts'
export { deploy } from './lib/deploy.ts'
export type { DeployOptions } from './lib/deploy-options.ts'
export type {
  CancelOptions,
  Deployment,
  PurgeOptions,
  ScheduleOptions,
  StartedRun,
  StartOptions,
  WaitOptions,
} from './lib/deployment.ts'
export { OtherPipelineError } from './lib/other-pipeline-error.ts'
export { pipelineDbosEvents } from './lib/pipeline-dbos-events.ts'
export type { QueueOptions } from './lib/queue-options.ts'
export { RunAbandonedError } from './lib/run-abandoned-error.ts'
export { RunCancelledError } from './lib/run-cancelled-error.ts'
export type { DeployedRunFilter, DeployedRunStatus, DeployedRunSummary } from './lib/run-table.ts'
export { UnsupportedError } from './lib/unsupported-error.ts'
