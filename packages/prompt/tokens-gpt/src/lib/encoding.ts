import { type Encoding, UnknownTokenError } from '@empire/tokens/gpt'
import { mergePiece } from './merge-piece.ts'
import type { PieceEnd } from './piece-end.ts'
import { memoisePieces } from './piece-memo.ts'
import { textBytes } from './text-bytes.ts'
import { extendHash, type Vocabulary } from './vocabulary.ts'

/** Most words of most languages are no longer in bytes, and runs of Chinese between two marks are no longer than a phrase. */
const longestWord = 16
const longestPhrase = 128

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Splits text by `pieceEnd` and makes each piece of the tokens of `vocabulary`. */
export function createEncoding(name: string, vocabulary: Vocabulary, pieceEnd: PieceEnd): Encoding {
  const { longest, size, pool, offsets } = vocabulary
  const countWord = memoisePieces(longestWord, 16, countPiece)
  const countPhrase = memoisePieces(longestPhrase, 14, countPiece)

  function count(text: string, limit: number): number {
    // No token is longer than the longest, and no text has fewer bytes than code units.
    if (text.length > limit * longest) return limit + 1
    const { bytes, view, length } = textBytes(text)
    let tokens = 0
    for (let start = 0, end = 0; start < length && tokens <= limit; start = end) {
      end = pieceEnd(bytes, start)
      const pieceLength = end - start
      if (pieceLength === 1) tokens++
      else if (pieceLength <= longestWord) tokens += countWord(bytes, view, start, end)
      else if (pieceLength <= longestPhrase) tokens += countPhrase(bytes, view, start, end)
      else tokens += countPiece(bytes, start, end)
    }
    return tokens
  }

  function countPiece(bytes: Uint8Array, start: number, end: number): number {
    return findPiece(bytes, start, end) === -1 ? mergePiece(vocabulary, bytes, start, end) : 1
  }

  function findPiece(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > longest) return -1
    let hash = 0
    for (let position = start; position < end; position++) hash = extendHash(hash, bytes[position]!)
    return vocabulary.find(bytes, start, end, hash)
  }

  function encode(text: string): number[] {
    const { bytes, length } = textBytes(text)
    const tokens: number[] = []
    for (let start = 0, end = 0; start < length; start = end) {
      end = pieceEnd(bytes, start)
      const token = findPiece(bytes, start, end)
      if (token === -1) mergePiece(vocabulary, bytes, start, end, tokens)
      else tokens.push(token)
    }
    return tokens
  }

  function decode(tokens: Iterable<number>): string {
    const known = [...tokens]
    let length = 0
    for (const token of known) {
      const tokenLength = Number.isInteger(token) && token < size ? offsets[token + 1]! - offsets[token]! : 0
      // Also where it is NaN: there is no token below 0.
      if (!(tokenLength > 0)) throw new UnknownTokenError(token, name)
      length += tokenLength
    }
    const bytes = new Uint8Array(length)
    let position = 0
    for (const token of known) {
      const end = offsets[token + 1]!
      for (let from = offsets[token]!; from < end; from++) bytes[position++] = pool[from]!
    }
    return decoder.decode(bytes)
  }

  return { count, encode, decode }
}
