import { type Encoding, type GptEncoding, UnknownTokenError } from '@empire/tokens/gpt'
import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite'
import { mergeLongPiece } from './merge-long-piece.ts'

/** UTF-16 code units up to which a piece is merged in one go: js-tiktoken takes time by the square of the length. */
const longestPiece = 64

/** Pieces whose tokens are kept: most words of a text come again. */
const mostKept = 10_000

/** Text split by the expression of the reference, and each piece merged by js-tiktoken. */
export function createTiktokenEncoding(name: GptEncoding, ranks: TiktokenBPE): Encoding {
  // The splitting is done here: each piece is passed as a text that is one piece.
  const tiktoken = new Tiktoken({ ...ranks, pat_str: String.raw`[\s\S]+` })
  const pieces = new RegExp(ranks.pat_str, 'gu')
  const special = new Set(Object.values(ranks.special_tokens))
  const merge = (piece: string): number[] => tiktoken.encode(piece, [], [])
  const decodeKnown = (tokens: readonly number[]): string => tiktoken.decode([...tokens])
  const [letter = 0] = merge('a')
  const kept = new Map<string, readonly number[]>()
  const known = new Set<unknown>()

  function tokensOf(piece: string): readonly number[] {
    const found = kept.get(piece)
    if (found !== undefined) return found
    if (piece.length > longestPiece) return mergeLongPiece(piece, merge, decode)
    const tokens = merge(piece)
    if (kept.size === mostKept) kept.clear()
    kept.set(piece, tokens)
    return tokens
  }

  function count(text: string, limit: number): number {
    let tokens = 0
    for (const [piece] of text.matchAll(pieces)) {
      tokens += tokensOf(piece).length
      if (tokens > limit) break
    }
    return tokens
  }

  function encode(text: string): number[] {
    const tokens: number[] = []
    for (const [piece] of text.matchAll(pieces)) for (const token of tokensOf(piece)) tokens.push(token)
    return tokens
  }

  /** A letter goes before the tokens, for js-tiktoken drops a byte order mark at the start of a text. */
  function decode(tokens: Iterable<number>): string {
    return decodeKnown([letter, ...tokens]).slice(1)
  }

  function decodeChecked(tokens: Iterable<number>): string {
    const all = [...tokens]
    for (const token of all) {
      if (known.has(token)) continue
      // js-tiktoken passes over what it does not know, and knows special tokens.
      if (special.has(token) || decode([token]) === '') throw new UnknownTokenError(token, name)
      known.add(token)
    }
    return decode(all)
  }

  return { count, encode, decode: decodeChecked }
}
