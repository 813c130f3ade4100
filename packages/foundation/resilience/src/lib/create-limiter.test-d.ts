import { expectTypeOf } from 'vitest'
import { createLimiter } from './create-limiter.ts'
import type { Reservation } from './limiter.ts'

expectTypeOf(createLimiter().run(async () => null)).toEqualTypeOf<Promise<null>>()

void createLimiter().run((reservation) => expectTypeOf(reservation).toEqualTypeOf<Reservation>())

createLimiter({ requests: undefined, tokens: undefined, concurrency: undefined })
// @ts-expect-error -- a limit needs its interval
createLimiter({ tokens: { limit: 1000 } })
