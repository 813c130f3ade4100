import { expectTypeOf } from 'vitest'
import { createBreaker } from './create-breaker.ts'

expectTypeOf(createBreaker().run(() => ({ a: 1 }))).toEqualTypeOf<Promise<{ a: number }>>()
expectTypeOf(createBreaker().state).toEqualTypeOf<'closed' | 'open' | 'half-open'>()

void createBreaker({ name: undefined }).run(({ signal }) =>
  expectTypeOf(signal).toEqualTypeOf<AbortSignal | undefined>(),
)
