import { blockwiseParser } from './blockwise-parser.ts'
import { parseText } from './parse-text.ts'
import type { Parser } from './parser.ts'

/**
 * Reads plain text, of any size and in any common encoding: paragraphs between blank lines.
 *
 * The encoding is that of the byte order mark, else UTF-8 if the text is valid in it, else what the source says, else a
 * guess. Where it is not UTF-8 the metadata of the document say so: `encoding`, and for a guess `encodingConfidence` from 0
 * to 1. What cannot be decoded becomes U+FFFD.
 */
export function textParser(): Parser {
  return blockwiseParser({ mediaTypes: ['text/plain'], fingerprint: 'text/3' }, parseText)
}
