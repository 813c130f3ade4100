export {
  createEncodingCounter,
  type Encoding,
  type GptCounter,
  type GptCounterOptions,
} from './lib/encoding-counter.ts'
export { type GptEncoding, gptEncodingOf, gptEncodings } from './lib/gpt-encoding-of.ts'
export { UnknownTokenError } from './lib/unknown-token-error.ts'
