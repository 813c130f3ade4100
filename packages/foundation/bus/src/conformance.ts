export { busCases, type BusCase, type BusCasesOptions } from './lib/bus-cases.ts'
