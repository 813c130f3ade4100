import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import { createRepairLadder } from './create-repair-ladder.ts'

const typed = await createRepairLadder({ schema: z.object({ at: z.string().transform(Number) }) }).repair('{}')
if (typed.valid) expectTypeOf(typed.value).toEqualTypeOf<{ at: number }>()
else expectTypeOf(typed.value).toEqualTypeOf<unknown>()

const untyped = await createRepairLadder({ schema: { type: 'object' } }).repair('{}')
expectTypeOf(untyped.value).toEqualTypeOf<unknown>()

const any = await createRepairLadder().repair('{}')
expectTypeOf(any.value).toEqualTypeOf<unknown>()
