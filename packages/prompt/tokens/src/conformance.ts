export { type ConformanceCase, tokenCounterCases } from './lib/token-counter-cases.ts'
