import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { createPartialJsonParser, type PartialJsonResult } from './create-partial-json-parser.ts'
import { streamPartialJson } from './stream-partial-json.ts'

const parser = createPartialJsonParser({ schema: z.object({ id: z.string() }), strict: true })
expectTypeOf(parser.value).toEqualTypeOf<unknown>()
expectTypeOf(parser.push).parameters.toEqualTypeOf<[string | Uint8Array]>()
expectTypeOf(parser.isComplete).parameters.toEqualTypeOf<[readonly (string | number)[]]>()
expectTypeOf(parser.end()).toEqualTypeOf<PartialJsonResult>()
createPartialJsonParser({ schema: { properties: { id: { stream: { done: true } } } } })

// @ts-expect-error -- what is read is not written
parser.value = 1
// @ts-expect-error -- a path has no booleans in it
parser.isComplete([true])

expectTypeOf(streamPartialJson(['{}'])).toExtend<AsyncIterable<{ value: unknown }>>()
