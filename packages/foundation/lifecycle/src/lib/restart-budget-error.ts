import { EmpireError } from '@empire/errors'

/** How often children may be started again. */
export interface RestartBudget {
  readonly limit: number
  /** In milliseconds. */
  readonly within: number
}

/** Children failed more often than the budget of their supervisor allows. The cause is the last failure. */
export class RestartBudgetError extends EmpireError<'restart_budget_exceeded'> {
  constructor(supervisor: string, child: string, { limit, within }: RestartBudget, cause: unknown) {
    super(
      'restart_budget_exceeded',
      `Expected the children of "${supervisor}" to need at most ${limit} restarts within ${within} ms, but "${child}" failed once more; all were stopped. See the cause.`,
      { cause, details: { supervisor, child, limit, within } },
    )
  }
}
