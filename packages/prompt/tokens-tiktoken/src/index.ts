export { createTiktokenCounter } from './lib/tiktoken-counter.ts'
