import type { StandardSchemaV1 } from '@standard-schema/spec'
import { InvalidInputError } from './invalid-input-error.ts'

/** The input as the schema gives it, at once if the schema answers at once. */
export function validateInput(pipeline: string, schema: StandardSchemaV1, input: unknown): unknown {
  const result = schema['~standard'].validate(input)
  return result instanceof Promise ? result.then(accept) : accept(result)

  function accept(outcome: StandardSchemaV1.Result<unknown>): unknown {
    if (outcome.issues) throw new InvalidInputError(pipeline, outcome.issues)
    return outcome.value
  }
}
