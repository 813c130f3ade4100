import type { StandardSchemaV1 } from '@standard-schema/spec'
import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import type { Issue } from './issue.ts'
import type { Verdict } from './verdict.ts'

const compiled = compile(z.object({ size: z.string().transform(Number), note: z.string().default('') }))

interface Output {
  size: number
  note: string
}

expectTypeOf(compiled.parse(1)).toEqualTypeOf<Output>()
expectTypeOf(compiled.check(1)).toEqualTypeOf<Verdict<Output>>()
expectTypeOf(compiled.parseAsync(1)).toEqualTypeOf<Promise<Output>>()
expectTypeOf<StandardSchemaV1.InferOutput<typeof compiled>>().toEqualTypeOf<Output>()

declare const value: unknown
if (compiled.is(value)) expectTypeOf(value).toEqualTypeOf<{ size: string; note?: string | undefined }>()

expectTypeOf<z.core.$ZodIssue>().toExtend<Issue>()
expectTypeOf<Issue>().toExtend<StandardSchemaV1.Issue>()

// @ts-expect-error no schema
compile({ type: 'string' })
