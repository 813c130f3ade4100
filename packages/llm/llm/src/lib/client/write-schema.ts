import { EmpireError } from '@empire/errors'
import { type Dialect, type JsonSchemaObject, toJsonSchema } from '@empire/schema/json-schema'
import { ModelError } from '../model-error.ts'
import type { SchemaInput } from '../model-request.ts'
import { schemaDocument } from '../schema-document.ts'

/** How a client writes the schemas of a request. */
export interface WriteSchemaOptions {
  /** Who takes it, for the message: `Claude`. */
  readonly vendor: string
  readonly dialect: Dialect
  /** Where it stands in the request: `tools[0].input`. */
  readonly path: string
}

/** Of schemas only, which never change: a document may. */
const written = new WeakMap<object, Map<Dialect, JsonSchemaObject>>()

/**
 * A schema of a request in the dialect of a vendor. What the dialect has no word for is left out: the model is then free
 * there, and the schema itself still judges the answer.
 *
 * Throws a `ModelError` with `invalid_request` and the path for a schema that has no form there.
 */
export function writeSchema(schema: SchemaInput, options: WriteSchemaOptions): JsonSchemaObject {
  if (!('~standard' in schema)) return write(schema, options)
  const known = written.get(schema) ?? new Map<Dialect, JsonSchemaObject>()
  written.set(schema, known)
  const { dialect } = options
  const document = known.get(dialect) ?? write(schema, options)
  known.set(dialect, document)
  return document
}

function write(schema: SchemaInput, { vendor, dialect, path }: WriteSchemaOptions): JsonSchemaObject {
  try {
    return toJsonSchema(schemaDocument(schema), { dialect }).schema
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new ModelError('invalid_request', `"${path}" of the request cannot be written for ${vendor}: ${problem}`, {
      ...(EmpireError.isInstance(cause) ? { cause } : {}),
      details: { path },
    })
  }
}
