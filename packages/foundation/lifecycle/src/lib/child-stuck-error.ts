import { EmpireError } from '@empire/errors'

/** Children were asked to stop, and still run after all deadlines. */
export class ChildStuckError extends EmpireError<'child_stuck'> {
  /** Their names, those of nested supervisors before them: `workers/mail`. */
  readonly children: readonly string[]

  /** @param cause Why they were stopped, if that was a failure. */
  constructor(children: readonly string[], cause?: unknown) {
    const names = children.map((name) => JSON.stringify(name)).join(', ')
    super(
      'child_stuck',
      `Expected every child to stop in time, but still running: ${names}. Let "start" and "stop" obey their signals.`,
      { details: { children }, ...(cause !== undefined && { cause }) },
    )
    this.children = Object.freeze([...children])
  }
}
