import type { ManualClock } from '@empire/test-support/clock'
import { expectTypeOf } from 'vitest'
import type { Clock } from './clock.ts'

// The clock of a test needs no adapter.
expectTypeOf<ManualClock>().toExtend<Clock>()
