import { expectTypeOf } from 'vitest'
import { createManualClock } from './create-manual-clock.ts'

/** The shape that packages with a `clock` option ask for. */
interface Clock {
  now(): number
  sleep(ms: number, options?: { signal?: AbortSignal }): Promise<void>
}

expectTypeOf(createManualClock()).toExtend<Clock>()
expectTypeOf(createManualClock().setTimeout).toBeCallableWith(() => {}, 5)
expectTypeOf<typeof createManualClock>().parameter(0).toEqualTypeOf<{ readonly now?: number | undefined } | undefined>()
