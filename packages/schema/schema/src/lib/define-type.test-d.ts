import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { defineType } from './define-type.ts'

const even = defineType('even', { base: z.number(), check: (value) => value % 2 === 0 })
expectTypeOf<z.output<typeof even>>().toEqualTypeOf<number>()
expectTypeOf<z.input<typeof even>>().toEqualTypeOf<number>()

const day = defineType('day', { base: z.date(), coerce: (input) => new Date(String(input)) })
expectTypeOf<z.output<typeof day>>().toEqualTypeOf<Date>()
expectTypeOf<z.input<typeof day>>().toEqualTypeOf<unknown>()
