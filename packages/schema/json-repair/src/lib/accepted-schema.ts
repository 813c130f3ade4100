import { describeValue } from '@empire/errors'

/** The part of a Standard Schema (https://standardschema.dev) that is used here. */
export interface StandardSchema {
  readonly '~standard': {
    /** Gives the value or the issues, or a promise of them. */
    readonly validate: (value: unknown) => unknown
  }
}

/** A JSON Schema document. */
export type JsonSchemaDocument = boolean | { readonly [keyword: string]: unknown }

/** Whether it is a Standard Schema; a JSON Schema document otherwise. */
export function isStandardSchema(schema: StandardSchema | JsonSchemaDocument): schema is StandardSchema {
  return typeof schema !== 'boolean' && '~standard' in schema
}

/** @throws {TypeError} if it is neither a Standard Schema nor a JSON Schema document. */
export function expectSchema(schema: unknown): asserts schema is StandardSchema | JsonSchemaDocument {
  if (typeof schema === 'boolean') return
  const isObject = typeof schema === 'object' && schema !== null && !Array.isArray(schema)
  if (isObject || typeof schema === 'function') {
    const standard = (schema as { readonly '~standard'?: { readonly validate?: unknown } | null })['~standard']
    if (typeof standard?.validate === 'function') return
    if (isObject && !('~standard' in schema)) return
  }
  throw new TypeError(
    `Expected options.schema to be a Standard Schema or a JSON Schema document, got ${describeValue(schema)}${isObject ? ' whose "~standard" has no "validate"' : ''}.`,
  )
}

/** What a Standard Schema says of a value. */
export type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] }

/** @throws {TypeError} if it is not what the specification asks a Standard Schema to give. */
export function expectResult(result: unknown): asserts result is StandardResult {
  if (typeof result === 'object' && result !== null) {
    const { issues } = result as { readonly issues?: unknown }
    if (issues === undefined ? 'value' in result : Array.isArray(issues) && issues.every((issue) => isIssue(issue)))
      return
  }
  throw new TypeError(
    `Expected options.schema to give { value } or { issues }, each with a message, got ${describeValue(result)}.`,
  )
}

function isIssue(issue: unknown): boolean {
  if (typeof issue !== 'object' || issue === null) return false
  const { message, path } = issue as { readonly message?: unknown; readonly path?: unknown }
  return typeof message === 'string' && (path === undefined || Array.isArray(path))
}
