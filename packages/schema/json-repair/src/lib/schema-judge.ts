import { expectResult, isStandardSchema, type JsonSchemaDocument, type StandardSchema } from './accepted-schema.ts'
import { jsonSchemaIssues } from './json-schema-issues.ts'

/** Says whether a value satisfies the schema. */
export type SchemaJudge = (value: unknown) => boolean

/** The judge throws a `TypeError` where the schema does not give its verdict at once. */
export function createSchemaJudge(schema: StandardSchema | JsonSchemaDocument): SchemaJudge {
  if (!isStandardSchema(schema)) return (value) => jsonSchemaIssues(value, schema, 1).length === 0
  return (value) => {
    const result: unknown = schema['~standard'].validate(value)
    if (result instanceof Promise) {
      // The outcome comes too late to count; a rejection of it is the caller's error all the same.
      result.catch(() => undefined)
      throw new TypeError('Expected options.schema to validate synchronously, got a promise of its verdict.')
    }
    expectResult(result)
    return result.issues === undefined
  }
}
