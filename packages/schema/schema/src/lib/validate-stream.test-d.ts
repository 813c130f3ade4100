import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import { type ItemVerdict, validateStream } from './validate-stream.ts'

const schema = z.string().transform(Number)

expectTypeOf(validateStream(schema, [])).toEqualTypeOf<AsyncGenerator<ItemVerdict<number>, void, undefined>>()
expectTypeOf(validateStream(compile(schema), [])).toEqualTypeOf<AsyncGenerator<ItemVerdict<number>, void, undefined>>()
validateStream(schema, new ReadableStream<Uint8Array>())

// @ts-expect-error no such format
validateStream(schema, [], { format: 'csv' })
