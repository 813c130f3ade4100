export { type EncodingName } from './lib/encoding.ts'
export { createGptCounter, type GptCounter, type GptCounterOptions } from './lib/gpt-counter.ts'
export { UnknownTokenError } from './lib/unknown-token-error.ts'
