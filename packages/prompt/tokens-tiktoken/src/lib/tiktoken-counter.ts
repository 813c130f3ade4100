import { createEncodingCounter, type GptCounter, type GptCounterOptions } from '@empire/tokens/gpt'
import { loadTiktoken } from './load-tiktoken.ts'

/**
 * A counter that merges with js-tiktoken, for an encoding or for what a model reads. Default: `o200k_base`.
 *
 * Ranks are loaded at the first use of an encoding, once per process. Throws `UnknownModelError` for a model it does not know.
 */
export function createTiktokenCounter(options: GptCounterOptions = {}): GptCounter {
  return createEncodingCounter(options, loadTiktoken)
}
