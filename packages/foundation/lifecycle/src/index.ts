export type { Child, ChildState, Started } from './lib/child.ts'
export { ChildFailedError } from './lib/child-failed-error.ts'
export { ChildStuckError } from './lib/child-stuck-error.ts'
export type { Clock } from './lib/clock.ts'
export {
  createSupervisor,
  type StartedSupervisor,
  type Supervisor,
  type SupervisorOptions,
} from './lib/create-supervisor.ts'
export type { ChildHealth, Health } from './lib/health.ts'
export { RestartBudgetError, type RestartBudget } from './lib/restart-budget-error.ts'
export type { Backoff } from './lib/restart-history.ts'
export { runUntilSignal, type RunUntilSignalOptions, type SignalSource } from './lib/run-until-signal.ts'
export { StartTimeoutError } from './lib/start-timeout-error.ts'
export type { Strategy } from './lib/supervision.ts'
export type { SupervisorEvent } from './lib/supervisor-event.ts'
export { printTree, type Tree } from './lib/tree.ts'
