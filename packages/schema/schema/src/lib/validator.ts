import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Verdict } from './verdict.ts'

/** A schema that is ready to check values, whichever language it was written in. Also a Standard Schema. */
export interface Validator<Input = unknown, Output = Input> extends StandardSchemaV1<Input, Output> {
  /**
   * Whether the schema accepts the value as its input.
   *
   * A value that passes is of the input type: with transforms, defaults or coercion, only `check` and `parse` give the output.
   */
  readonly is: (value: unknown) => value is Input
  /** The output for the value, or every issue. */
  readonly check: (value: unknown) => Verdict<Output>
  /** The output for the value. Throws an `InvalidValueError` that lists every issue. */
  readonly parse: (value: unknown) => Output
}
