import { isRecord } from './is-record.ts'
import { mismatch } from './mismatch.ts'
import { plainCopy } from './plain-copy.ts'

type ResponseSchema = Readonly<Record<string, unknown>> | string

const dialect = { target: 'draft-2020-12' }

/**
 * A response schema as plain data: that of a schema which can say it in JSON Schema, a JSON Schema itself, or words.
 *
 * Throws `TypeError` for a schema that cannot.
 */
export function copyResponseSchema(schema: object | string): ResponseSchema {
  if (typeof schema === 'string') return schema
  const data = readJsonSchema(schema)
  if (!isRecord(data)) {
    throw mismatch('responseSchema', 'a schema, a JSON Schema or a text', data)
  }
  return plainCopy(data, 'responseSchema') as ResponseSchema
}

function readJsonSchema(schema: unknown): unknown {
  // A schema may be a function: ArkType's are.
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null) return schema
  const { toJSONSchema, '~standard': standard } = schema as {
    toJSONSchema?: unknown
    '~standard'?: { jsonSchema?: { output?: unknown } }
  }
  const output = standard?.jsonSchema?.output
  if (typeof output === 'function') return output.call(standard?.jsonSchema, dialect)
  if (typeof toJSONSchema === 'function') return toJSONSchema.call(schema, dialect)
  if (standard === undefined) return schema
  throw new TypeError(
    'Expected "responseSchema" to be a schema that can say what it takes in JSON Schema, got one without "~standard".jsonSchema and toJSONSchema(). Pass its JSON Schema.',
  )
}
