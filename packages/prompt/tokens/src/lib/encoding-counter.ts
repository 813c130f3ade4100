import { describeValue, expectKnownKeys } from '@empire/errors'
import { checkCountOptions, checkText } from './check-arguments.ts'
import { type GptEncoding, gptEncodingOf, gptEncodings } from './gpt-encoding-of.ts'
import type { TokenCounter, TokenCountOptions, TokenOptions } from './token-counter.ts'

/** What a library has to do with an encoding. */
export interface Encoding {
  /** Exact up to `limit`; above it, some number above it. */
  count(text: string, limit: number): number
  /** The tokens of a text. */
  encode(text: string): number[]
  /** Throws `UnknownTokenError` for a token that no text belongs to. */
  decode(tokens: Iterable<number>): string
}

/** An encoding, or a model to take it from. Default: `o200k_base`. */
export type GptCounterOptions =
  | { encoding?: GptEncoding | undefined; model?: undefined }
  | { encoding?: undefined; model?: string | undefined }

/** Counts as the GPT models do. */
export interface GptCounter extends TokenCounter {
  readonly exact: true
  /** What counts without a model go by. */
  readonly encoding: GptEncoding
  /** The tokens of a text. Special tokens in it are plain text; a lone surrogate is U+FFFD. */
  encode(text: string, options?: TokenOptions): number[]
  /**
   * The text of tokens; bytes that are no UTF-8 become U+FFFD. Throws `UnknownTokenError` for a token that the encoding
   * does not have, special tokens included.
   */
  decode(tokens: Iterable<number>, options?: TokenOptions): string
  /** The encoding that a model reads. Throws `UnknownModelError` for a model it does not know. */
  nameFor(model: string): GptEncoding
}

/**
 * The counter that the adapters of libraries share: it knows which encoding a model reads, and has each loaded when it is
 * first used. Throws `UnknownModelError` for a model it does not know.
 */
export function createEncodingCounter(
  counterOptions: GptCounterOptions,
  loadEncoding: (name: GptEncoding) => Encoding,
): GptCounter {
  const encoding = encodingOf(counterOptions)
  // Callers count many texts for one model: looking its name up would take longer than counting a short text.
  let lastModel: string | undefined
  let lastEncoding = encoding

  function nameFor(model: string): GptEncoding {
    if (model !== lastModel) {
      lastEncoding = gptEncodingOf(assertModel(model))
      lastModel = model
    }
    return lastEncoding
  }

  function load(model: string | undefined): Encoding {
    return loadEncoding(model === undefined ? encoding : nameFor(model))
  }

  return Object.freeze({
    name: encoding,
    exact: true as const,
    encoding,
    nameFor,
    count(text: string, options: TokenCountOptions = {}): number {
      checkText(text)
      checkCountOptions(options)
      const { model, limit = Infinity } = options
      return load(model).count(text, limit)
    },
    encode(text: string, options: TokenOptions = {}): number[] {
      checkText(text)
      expectKnownKeys('"options"', options, ['model'])
      return load(options.model).encode(text)
    },
    decode(tokens: Iterable<number>, options: TokenOptions = {}): string {
      assertTokens(tokens)
      expectKnownKeys('"options"', options, ['model'])
      return load(options.model).decode(tokens)
    },
  })
}

function encodingOf(options: GptCounterOptions): GptEncoding {
  expectKnownKeys('"options"', options, ['encoding', 'model'])
  const { encoding, model } = options
  if (encoding !== undefined && model !== undefined) {
    throw new TypeError('Expected either "encoding" or "model", got both.')
  }
  if (model !== undefined) return gptEncodingOf(assertModel(model))
  if (encoding === undefined) return 'o200k_base'
  if (gptEncodings.includes(encoding)) return encoding
  throw new TypeError(`Expected "encoding" to be one of ${gptEncodings.join(', ')}, got ${describeValue(encoding)}.`)
}

function assertModel(model: unknown): string {
  if (typeof model === 'string') return model
  throw new TypeError(`Expected "model" to be the name of a model, got ${describeValue(model)}.`)
}

function assertTokens(tokens: unknown): void {
  if (typeof tokens === 'object' && tokens !== null && Symbol.iterator in tokens) return
  throw new TypeError(`Expected "tokens" to be an array of numbers, got ${describeValue(tokens)}.`)
}
