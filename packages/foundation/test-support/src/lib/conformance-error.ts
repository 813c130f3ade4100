import { EmpireError } from '@empire/errors'

/** An implementation breaks promises of its contract. Its `cause` is an `AggregateError` with all failures. */
export class ConformanceError extends EmpireError<'conformance_failed'> {
  constructor(failures: readonly { readonly name: string; readonly error: unknown }[], total: number) {
    const lines = failures.map(
      ({ name, error }) => `- ${name}: ${error instanceof Error ? error.message : String(error)}`,
    )
    super(
      'conformance_failed',
      `Expected all ${total} cases to pass, got ${failures.length} that fail:\n${lines.join('\n')}`,
      {
        cause: new AggregateError(failures.map(({ error }) => error)),
        details: { failed: failures.map(({ name }) => name), total },
      },
    )
  }
}
