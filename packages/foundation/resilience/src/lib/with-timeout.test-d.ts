import { expectTypeOf } from 'vitest'
import { withTimeout } from './with-timeout.ts'

expectTypeOf(withTimeout(async () => 5, 100)).toEqualTypeOf<Promise<number>>()

void withTimeout(({ signal }) => expectTypeOf(signal).toEqualTypeOf<AbortSignal>(), 100, { signal: undefined })

// @ts-expect-error -- a timeout is not optional
void withTimeout(() => 5)
