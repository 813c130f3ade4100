import type { TokenCounter } from '@empire/tokens'
import type { GptCounter } from '@empire/tokens/gpt'
import { expectTypeOf } from 'vitest'
import { createGptCounter } from './gpt-counter.ts'

expectTypeOf(createGptCounter()).toEqualTypeOf<GptCounter>()
expectTypeOf<GptCounter>().toExtend<TokenCounter>()
expectTypeOf(createGptCounter({ model: 'gpt-4o' }).exact).toEqualTypeOf<true>()
// @ts-expect-error either an encoding or a model
createGptCounter({ encoding: 'o200k_base', model: 'gpt-4o' })
// @ts-expect-error no such encoding
createGptCounter({ encoding: 'o300k_base' })
