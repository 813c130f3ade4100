import { EmpireError } from '@empire/errors'
import { ModelError, type SchemaInput } from '@empire/llm'
import { type JsonSchemaObject, toJsonSchema, type WrittenSchema } from '@empire/schema'
import type * as z from 'zod'

/** A schema that writes itself, as a model of `@empire/model` does. */
interface SelfWriting {
  toJsonSchema(options: { dialect: 'gemini' }): WrittenSchema
}

/** Standard JSON Schema (https://standardschema.dev/json-schema). */
interface StandardJson {
  readonly '~standard': { readonly jsonSchema: { input(options: { target: string }): Record<string, unknown> } }
}

/**
 * A schema in the dialect of Gemini. What the dialect has no word for is left out: the model is then free there, and the
 * schema itself still judges the answer.
 *
 * @param path Where it stands in the request, for the error of a schema that has no form there.
 */
export function writeSchema(schema: SchemaInput, path: string): JsonSchemaObject {
  try {
    if (writesItself(schema)) return schema.toJsonSchema({ dialect: 'gemini' }).schema
    return toJsonSchema(documentOf(schema, path), { dialect: 'gemini' }).schema
  } catch (cause) {
    throw EmpireError.isInstance(cause) && cause.code !== 'invalid_request' ? refuse(path, cause.message, cause) : cause
  }
}

function documentOf(schema: SchemaInput, path: string): z.core.$ZodType | JsonSchemaObject {
  if ('_zod' in schema) return schema as unknown as z.core.$ZodType
  if (!('~standard' in schema)) return schema
  if (!givesJson(schema)) {
    throw refuse(
      path,
      'this Standard Schema cannot be written as JSON Schema. Pass a JSON Schema document or one of zod 4.',
    )
  }
  return schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' })
}

function writesItself(schema: unknown): schema is SelfWriting {
  return typeof (schema as Partial<SelfWriting>).toJsonSchema === 'function'
}

function givesJson(schema: unknown): schema is StandardJson {
  return typeof (schema as Partial<StandardJson>)['~standard']?.jsonSchema?.input === 'function'
}

function refuse(path: string, problem: string, cause?: unknown): ModelError {
  return new ModelError('invalid_request', `"${path}" of the request cannot be sent to Gemini: ${problem}`, {
    ...(cause === undefined ? {} : { cause }),
    details: { path },
  })
}
