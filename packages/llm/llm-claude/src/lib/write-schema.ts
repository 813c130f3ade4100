import { EmpireError } from '@empire/errors'
import { ModelError, type SchemaInput } from '@empire/llm'
import { toJsonSchema } from '@empire/schema'

type Document = Readonly<Record<string, unknown>>

/** Of schemas only, which never change: a document may. */
const written = new WeakMap<object, Map<string, Document>>()

/**
 * A schema as the API takes it. Throws a `ModelError` with `invalid_request` for one that has no such form.
 *
 * @param path Where it stands in the request: `tools[0].input`.
 */
export function writeSchema(schema: SchemaInput, dialect: 'claude' | 'claude-strict', path: string): Document {
  if (!('~standard' in schema)) return write(schema, dialect, path)
  const known = written.get(schema) ?? new Map<string, Document>()
  written.set(schema, known)
  let document = known.get(dialect)
  if (document === undefined) known.set(dialect, (document = write(documentOf(schema, path), dialect, path)))
  return document
}

function write(schema: object, dialect: 'claude' | 'claude-strict', path: string): Document {
  try {
    return toJsonSchema(schema as Document, { dialect }).schema
  } catch (error) {
    throw EmpireError.isInstance(error) ? refuse(path, error.message, error) : error
  }
}

/** Schemas of zod are written by ours, which knows the dialect; others say themselves what they are in JSON Schema. */
function documentOf(schema: object, path: string): object {
  if ('_zod' in schema) return schema
  const { jsonSchema } = (schema as { '~standard': { jsonSchema?: { input?: unknown } } })['~standard']
  if (typeof jsonSchema?.input !== 'function') {
    throw refuse(path, 'It cannot say what it takes in JSON Schema. Pass a schema of zod 4, or a JSON Schema document.')
  }
  try {
    return jsonSchema.input({ target: 'draft-2020-12' }) as object
  } catch (error) {
    throw refuse(path, error instanceof Error ? error.message : String(error), error)
  }
}

function refuse(path: string, problem: string, cause?: unknown): ModelError {
  return new ModelError('invalid_request', `"${path}" of the request cannot be written for Claude. ${problem}`, {
    ...(cause === undefined ? {} : { cause }),
    details: { path },
  })
}
