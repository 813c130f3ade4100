export { createManualClock, type ManualClock, type ManualClockOptions } from './lib/create-manual-clock.ts'
