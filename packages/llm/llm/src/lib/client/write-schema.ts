import { EmpireError } from '@empire/errors'
import { type Dialect, type JsonSchemaObject, toJsonSchema, type WrittenSchema } from '@empire/schema'
import type * as z from 'zod'
import { ModelError } from '../model-error.ts'
import type { SchemaInput } from '../model-request.ts'

/** How a client writes the schemas of a request. */
export interface WriteSchemaOptions {
  /** Who takes it, for the message: `Claude`. */
  readonly vendor: string
  readonly dialect: Dialect
  /** Where it stands in the request: `tools[0].input`. */
  readonly path: string
}

/** A schema that writes itself, as a model of `@empire/model` does. */
interface SelfWriting {
  toJsonSchema(options: { dialect: Dialect }): WrittenSchema
}

/** Standard JSON Schema (https://standardschema.dev/json-schema). */
interface StandardJson {
  readonly '~standard': { readonly jsonSchema: { input(options: { target: string }): JsonSchemaObject } }
}

/**
 * A schema of a request in the dialect of a vendor. What the dialect has no word for is left out: the model is then free
 * there, and the schema itself still judges the answer.
 *
 * Throws a `ModelError` with `invalid_request` and the path for a schema that has no form there.
 */
export function writeSchema(schema: SchemaInput, options: WriteSchemaOptions): JsonSchemaObject {
  const { dialect } = options
  try {
    if (writesItself(schema)) return schema.toJsonSchema({ dialect }).schema
    if ('_zod' in schema) return toJsonSchema(schema as unknown as z.core.$ZodType, { dialect }).schema
    return toJsonSchema(documentOf(schema), { dialect }).schema
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new ModelError(
      'invalid_request',
      `"${options.path}" of the request cannot be written for ${options.vendor}: ${problem}`,
      { ...(EmpireError.isInstance(cause) ? { cause } : {}), details: { path: options.path } },
    )
  }
}

function documentOf(schema: SchemaInput): JsonSchemaObject {
  if (!('~standard' in schema)) return schema
  if (givesJson(schema)) return schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })
  throw new TypeError(
    'this Standard Schema cannot say what it takes in JSON Schema. Pass one of zod 4, or a JSON Schema document.',
  )
}

function writesItself(schema: unknown): schema is SelfWriting {
  return typeof (schema as Partial<SelfWriting>).toJsonSchema === 'function' && !('_zod' in (schema as object))
}

function givesJson(schema: unknown): schema is StandardJson {
  return typeof (schema as Partial<StandardJson>)['~standard']?.jsonSchema?.input === 'function'
}
