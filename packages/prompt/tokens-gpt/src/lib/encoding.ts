import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { mergePiece } from './merge.ts'
import { createPieceCache } from './piece-cache.ts'
import { type PieceEnd, pieceEndCl100k, pieceEndO200k, pieceEndR50k } from './piece-end.ts'
import { textBytes } from './text-bytes.ts'
import { UnknownTokenError } from './unknown-token-error.ts'
import { extendHash, parseVocabulary } from './vocabulary.ts'

/** An encoding that OpenAI has published: how text is split, and the tokens that the pieces are made of. */
export type EncodingName = 'o200k_base' | 'cl100k_base' | 'p50k_base' | 'r50k_base'

export interface Encoding {
  count(text: string): number
  encode(text: string): number[]
  decode(tokens: readonly number[]): string
}

const pieceEnds: Record<EncodingName, PieceEnd> = {
  o200k_base: pieceEndO200k,
  cl100k_base: pieceEndCl100k,
  p50k_base: pieceEndR50k,
  r50k_base: pieceEndR50k,
}

export const encodingNames = Object.keys(pieceEnds) as EncodingName[]

const loaded = new Map<EncodingName, Encoding>()

/** Reads the ranks at the first call for a name. */
export function loadEncoding(name: EncodingName): Encoding {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const path = createRequire(import.meta.url).resolve(`gpt-tokenizer/data/${name}.tiktoken`)
  const encoding = createEncoding(readFileSync(path), pieceEnds[name], name)
  loaded.set(name, encoding)
  return encoding
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function createEncoding(ranks: Uint8Array, pieceEnd: PieceEnd, name: EncodingName): Encoding {
  const vocabulary = parseVocabulary(ranks)
  const { longest, size, pool, offsets } = vocabulary
  const words = createPieceCache(16, 14)
  const phrases = createPieceCache(128, 12)

  function count(text: string): number {
    const { bytes, view, length } = textBytes(text)
    let tokens = 0
    for (let start = 0; start < length;) {
      const end = pieceEnd(bytes, start)
      const pieceLength = end - start
      if (pieceLength === 1) tokens++
      else if (pieceLength <= 128) {
        const cache = pieceLength <= 16 ? words : phrases
        let found = cache.get(view, start, end)
        if (found === 0) {
          found = countPiece(bytes, start, end)
          cache.setLast(found)
        }
        tokens += found
      } else tokens += countPiece(bytes, start, end)
      start = end
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
    for (let start = 0; start < length;) {
      const end = pieceEnd(bytes, start)
      const token = findPiece(bytes, start, end)
      if (token === -1) mergePiece(vocabulary, bytes, start, end, tokens)
      else tokens.push(token)
      start = end
    }
    return tokens
  }

  function decode(tokens: readonly number[]): string {
    let length = 0
    for (const token of tokens) {
      const tokenLength = offsets[token + 1]! - offsets[token]!
      if (!(token < size && tokenLength > 0)) throw new UnknownTokenError(token, name)
      length += tokenLength
    }
    const bytes = new Uint8Array(length)
    let position = 0
    for (const token of tokens) {
      const end = offsets[token + 1]!
      for (let at = offsets[token]!; at < end; at++) bytes[position++] = pool[at]!
    }
    return decoder.decode(bytes)
  }

  return { count, encode, decode }
}
