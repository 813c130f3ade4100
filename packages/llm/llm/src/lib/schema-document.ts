import { describeValue } from '@empire/errors'
import { toJsonSchema } from '@empire/schema/json-schema'
import type * as z from 'zod'
import type { SchemaInput } from './model-request.ts'

type SchemaDocument = Readonly<Record<string, unknown>>

/** What a model of `@empire/model` and the JSON Schema part of Standard Schema offer. */
interface Writable {
  readonly schema?: unknown
  readonly '~standard'?: {
    readonly jsonSchema?: { input(options: { readonly target: string }): SchemaDocument } | undefined
  }
}

const written = new WeakMap<object, SchemaDocument>()

/**
 * The JSON Schema document of what a schema accepts; written once for each schema.
 *
 * @throws {TypeError} for a Standard Schema that cannot be written as one.
 */
export function schemaDocument(schema: SchemaInput): SchemaDocument {
  if (!('~standard' in schema)) return schema
  let document = written.get(schema)
  if (document === undefined) {
    document = write(schema as Writable)
    written.set(schema, document)
  }
  return document
}

function write(schema: Writable): SchemaDocument {
  const zod = [schema, schema.schema].find(isZod)
  if (zod !== undefined) return toJsonSchema(zod).schema
  const writer = schema['~standard']?.jsonSchema
  if (typeof writer?.input === 'function') return writer.input({ target: 'draft-2020-12' })
  throw new TypeError(
    `Expected a schema that can be written as JSON Schema, got ${describeValue(schema)}. Pass the JSON Schema document instead.`,
  )
}

function isZod(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}
