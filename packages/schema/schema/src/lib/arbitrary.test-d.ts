import type * as fc from 'fast-check'
import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { arbitrary } from './arbitrary.ts'
import { examples } from './examples.ts'

const schema = z.object({ size: z.string().transform(Number), note: z.string().default('') })

interface Input {
  size: string
  note?: string | undefined
}

// What goes in, not what comes out.
expectTypeOf(arbitrary(schema)).toEqualTypeOf<fc.Arbitrary<Input>>()
expectTypeOf(examples(schema, { count: 2 })).toEqualTypeOf<Input[]>()

// @ts-expect-error no schema
arbitrary({ type: 'string' })
// @ts-expect-error no such option
examples(schema, { seed: 1 })
