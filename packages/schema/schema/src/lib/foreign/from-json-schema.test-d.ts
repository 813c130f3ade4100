import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { defineType } from '../define-type.ts'
import type { Validator } from '../validator.ts'
import type { Verdict } from '../verdict.ts'
import { fromJsonSchema } from './from-json-schema.ts'

const even = defineType('even', { base: z.number(), check: (value) => value % 2 === 0 })

expectTypeOf(fromJsonSchema({ type: 'string' })).toEqualTypeOf<Promise<Validator>>()
expectTypeOf(fromJsonSchema(true, { draft: 'draft-07', types: [even], resolve: async () => ({}) })).toEqualTypeOf<
  Promise<Validator>
>()

declare const validator: Validator
expectTypeOf(validator.check(1)).toEqualTypeOf<Verdict<unknown>>()
expectTypeOf(validator).toExtend<StandardSchemaV1>()

// @ts-expect-error no such draft
void fromJsonSchema({}, { draft: 'draft-05' })
// @ts-expect-error a document is no text
void fromJsonSchema('{}')
