import type { JsonSchemaDocument, StandardSchema } from './accepted-schema.ts'
import { jsonSchemaIssues } from './json-schema-issues.ts'

/** Says whether a value satisfies the schema. */
export type SchemaJudge = (value: unknown) => boolean

/** @throws {TypeError} if it is neither a Standard Schema nor a JSON Schema document. */
export function createSchemaJudge(schema: StandardSchema | JsonSchemaDocument): SchemaJudge {
  if (isStandardSchema(schema)) {
    return (value) => {
      const result: unknown = schema['~standard'].validate(value)
      if (result instanceof Promise) {
        // The outcome comes too late to count; a rejection of it is the caller's error all the same.
        result.catch(() => undefined)
        throw new TypeError('Expected options.schema to validate synchronously, got a promise of its verdict.')
      }
      return (result as { issues?: unknown }).issues === undefined
    }
  }
  if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema))) {
    throw new TypeError('Expected options.schema to be a Standard Schema or a JSON Schema document.')
  }
  return (value) => jsonSchemaIssues(value, schema, 1).length === 0
}

function isStandardSchema(schema: unknown): schema is StandardSchema {
  if (schema === null || (typeof schema !== 'object' && typeof schema !== 'function')) return false
  const standard: unknown = (schema as { '~standard'?: unknown })['~standard']
  return typeof (standard as { validate?: unknown } | undefined)?.validate === 'function'
}
