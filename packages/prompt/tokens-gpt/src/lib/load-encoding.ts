import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createEncoding, type Encoding } from './encoding.ts'
import { type PieceEnd, pieceEndCl100k, pieceEndO200k, pieceEndR50k } from './piece-end.ts'
import { parseVocabulary } from './vocabulary.ts'

/** An encoding that OpenAI has published: how text is split, and the tokens that the pieces are made of. */
export type EncodingName = 'o200k_base' | 'cl100k_base' | 'p50k_base' | 'r50k_base'

const pieceEnds: Record<EncodingName, PieceEnd> = {
  o200k_base: pieceEndO200k,
  cl100k_base: pieceEndCl100k,
  p50k_base: pieceEndR50k,
  r50k_base: pieceEndR50k,
}

export const encodingNames = Object.keys(pieceEnds) as readonly EncodingName[]

const loaded = new Map<EncodingName, Encoding>()

/** Reads the ranks at the first call for a name. The file, not the module: that would hold each token as a string. */
export function loadEncoding(name: EncodingName): Encoding {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const ranks = readFileSync(createRequire(import.meta.url).resolve(`gpt-tokenizer/data/${name}.tiktoken`))
  const encoding = createEncoding(name, parseVocabulary(ranks), pieceEnds[name])
  loaded.set(name, encoding)
  return encoding
}
