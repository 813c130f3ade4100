import { EmpireError } from '@empire/errors'

/** Thrown where a schema has no form at all in the wanted dialect. */
export class UnrepresentableSchemaError extends EmpireError<'unrepresentable_schema'> {
  /** Where in the value, as in `SchemaLoss.path`. */
  readonly path: readonly (string | number)[]

  constructor(dialect: string, path: readonly (string | number)[], problem: string, cause?: unknown) {
    const place = path.length === 0 ? 'the root' : path.join('.')
    super('unrepresentable_schema', `The schema has no ${dialect} form: at ${place}, ${problem}`, {
      ...(cause === undefined ? {} : { cause }),
      details: { dialect, path: [...path] },
    })
    this.path = path
  }
}
