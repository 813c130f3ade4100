export { createGptCounter } from './lib/gpt-counter.ts'
