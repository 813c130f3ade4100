import type { Clock } from './clock.ts'
import { sleep } from './sleep.ts'

/** The clock for times that are compared with those of other processes. It follows the system's, also backwards. */
export const wallClock: Clock = Object.freeze({ now: () => Date.now(), sleep })
