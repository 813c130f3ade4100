import type { Clock } from './clock.ts'
import { sleep } from './sleep.ts'

// Read once: it is a slow getter.
const origin = performance.timeOrigin

/**
 * The clock for durations: it never runs backwards, and a correction of the system's time neither shortens nor stretches a
 * wait. So it may part from the time of other machines while the process runs: see `wallClock`.
 */
export const systemClock: Clock = Object.freeze({ now: () => origin + performance.now(), sleep })
