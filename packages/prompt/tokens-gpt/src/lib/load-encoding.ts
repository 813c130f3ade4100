import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Encoding, GptEncoding } from '@empire/tokens/gpt'
import { createEncoding } from './encoding.ts'
import { type PieceEnd, pieceEndCl100k, pieceEndO200k, pieceEndR50k } from './piece-end.ts'
import { parseVocabulary } from './vocabulary.ts'

const pieceEnds: Record<GptEncoding, PieceEnd> = {
  o200k_base: pieceEndO200k,
  cl100k_base: pieceEndCl100k,
  p50k_base: pieceEndR50k,
  r50k_base: pieceEndR50k,
}

const loaded = new Map<GptEncoding, Encoding>()

/** Reads the ranks at the first call for a name. The file, not the module: that would hold each token as a string. */
export function loadEncoding(name: GptEncoding): Encoding {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const ranks = readFileSync(createRequire(import.meta.url).resolve(`gpt-tokenizer/data/${name}.tiktoken`))
  const encoding = createEncoding(name, parseVocabulary(ranks), pieceEnds[name])
  loaded.set(name, encoding)
  return encoding
}
