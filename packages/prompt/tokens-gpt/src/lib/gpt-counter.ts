import { createEncodingCounter, type GptCounter, type GptCounterOptions } from '@empire/tokens/gpt'
import { loadEncoding } from './load-encoding.ts'

/**
 * A counter for an encoding or for what a model reads, exact on every text. Default: `o200k_base`.
 *
 * Ranks are read at the first use of an encoding, once per process. Throws `UnknownModelError` for a model it does not know.
 */
export function createGptCounter(options: GptCounterOptions = {}): GptCounter {
  return createEncodingCounter(options, loadEncoding)
}
