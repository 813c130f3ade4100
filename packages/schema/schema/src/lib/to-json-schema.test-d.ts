import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import * as mini from 'zod/mini'
import type { JsonSchemaObject } from './json-schema.ts'
import type { SchemaLoss } from './schema-loss.ts'
import { toJsonSchema } from './to-json-schema.ts'

const { schema, losses } = toJsonSchema(z.string())
expectTypeOf(schema).toEqualTypeOf<JsonSchemaObject>()
expectTypeOf(losses).toEqualTypeOf<readonly SchemaLoss[]>()

toJsonSchema(mini.string(), { dialect: 'gemini', direction: 'output' })
toJsonSchema({ type: 'string' })
toJsonSchema(true)

// @ts-expect-error no such dialect
toJsonSchema(z.string(), { dialect: 'draft-05' })
// @ts-expect-error no such direction
toJsonSchema(z.string(), { direction: 'both' })
// @ts-expect-error no schema
toJsonSchema('string')
