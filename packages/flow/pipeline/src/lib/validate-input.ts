import type { StandardSchemaV1 } from '@standard-schema/spec'
import { InvalidInputError } from './invalid-input-error.ts'

/** The input as the schema gives it. */
export async function validateInput(pipeline: string, schema: StandardSchemaV1, input: unknown): Promise<unknown> {
  const result = await schema['~standard'].validate(input)
  if (result.issues) throw new InvalidInputError(pipeline, result.issues)
  return result.value
}
