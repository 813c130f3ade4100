export { createGptCounter, type GptCounter, type GptCounterOptions } from './lib/gpt-counter.ts'
export { type EncodingName } from './lib/load-encoding.ts'
export { UnknownTokenError } from './lib/unknown-token-error.ts'
