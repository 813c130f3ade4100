import { describeValue, expectKnownKeys } from '@empire/errors'
import type * as z from 'zod'
import { dereferenceRoot } from './dereference-root.ts'
import { writeDialect, type DialectRules } from './dialect-writer.ts'
import { dialects, type Dialect, type Direction } from './dialect.ts'
import { claudeStrict } from './dialects/claude-strict.ts'
import { claude } from './dialects/claude.ts'
import { draft07 } from './dialects/draft-07.ts'
import { draft202012 } from './dialects/draft-2020-12.ts'
import { gemini } from './dialects/gemini.ts'
import { openaiStrict } from './dialects/openai-strict.ts'
import { openapi } from './dialects/openapi.ts'
import { foreignDocument } from './foreign-document.ts'
import { isSchema } from './expect-schema.ts'
import { isJsonSchema, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import type { SchemaLoss } from './schema-loss.ts'
import { isAboutStack } from './too-deep.ts'
import { UnrepresentableSchemaError } from './unrepresentable-schema-error.ts'
import { zodToDocument } from './zod-to-document.ts'

/** Which language is written, and which side of the schema. */
export interface ToJsonSchemaOptions {
  /** The language to write. Default: `'2020-12'`. */
  dialect?: Dialect | undefined
  /** Which side of a zod schema with transforms, pipes and defaults: what it takes or what it gives. Default: `'input'`. */
  direction?: Direction | undefined
}

/** A schema written in a dialect. */
export interface WrittenSchema {
  /** Plain JSON data. */
  readonly schema: JsonSchemaObject
  /** Everything that the schema says and this form does not; empty where both judge every JSON value alike. */
  readonly losses: readonly SchemaLoss[]
}

const rules: ReadonlyMap<Dialect, DialectRules> = new Map(
  [draft202012, draft07, openapi, openaiStrict, gemini, claude, claudeStrict].map((dialect) => [
    dialect.dialect,
    dialect,
  ]),
)

/**
 * Writes a zod schema, or a JSON Schema document of draft-04 to 2020-12, in a dialect.
 *
 * Values are seen as JSON: dates as ISO text, maps and sets as arrays, bigints as integers. Whatever the form does not say
 * is in `losses`, with its place, the reason, and who still enforces it.
 *
 * Throws an `UnrepresentableSchemaError` where a schema has no form at all in the dialect, or exceeds its sizes, and an
 * `InvalidJsonSchemaError` for a document that is no JSON Schema.
 */
export function toJsonSchema(schema: z.core.$ZodType | JsonSchema, options: ToJsonSchemaOptions = {}): WrittenSchema {
  expectKnownKeys('"options"', options, ['dialect', 'direction'])
  const { dialect = '2020-12', direction = 'input' } = options
  const dialectRules = rules.get(dialect)
  if (dialectRules === undefined) {
    throw new TypeError(`"options.dialect" must be one of ${dialects.join(', ')}, got ${describeValue(dialect)}.`)
  }
  if (direction !== 'input' && direction !== 'output') {
    throw new TypeError(`"options.direction" must be input or output, got ${describeValue(direction)}.`)
  }
  if (!isSchema(schema) && !isJsonSchema(schema)) {
    throw new TypeError(`"schema" must be a schema of zod 4 or a JSON Schema, got ${describeValue(schema)}.`)
  }
  const objectRoot = dialect !== '2020-12' && dialect !== 'draft-07' && dialect !== 'openapi-3.1'
  try {
    const document = isSchema(schema) ? zodToDocument(schema, direction) : foreignDocument(schema)
    return writeDialect(objectRoot ? dereferenceRoot(document) : document, dialectRules)
  } catch (error) {
    if (!isAboutStack(error)) throw error
    throw new UnrepresentableSchemaError(dialectRules.title, [], 'it is nested too deeply.', error)
  }
}
