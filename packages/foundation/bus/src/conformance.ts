export type { BusCase } from './lib/bus-case.ts'
export { busCases, type BusCasesOptions } from './lib/bus-cases.ts'
