import * as char from './char.ts'
import { at } from './source.ts'

/** The line that begins or ends a fence. */
export interface Fence {
  /** The offset behind the fence and the name of its language. */
  readonly end: number
  /** What a value inside is worth: 3 in a fence of JSON or a language with like literals, 1 in others; 0 behind a fence. */
  readonly rank: 0 | 1 | 3
}

const likelyLanguages =
  /^(?:json\w*|ndjson|geojson|hjson|javascript|js|jsx|typescript|ts|python|py\d?|tool\w*|text|txt|plaintext|)$/i

/** Reads three or more backticks or tildes at an offset, and the language behind them. */
export function readFence(text: string, offset: number, isInside: boolean): Fence {
  let end = offset
  while (at(text, end) === at(text, offset)) end++
  if (isInside) return { end, rank: 0 }
  const start = end
  while (isLanguageCode(at(text, end))) end++
  const language = text.slice(start, end)
  const next = at(text, end)
  // ```true is a value, not a language.
  if (/^(?:true|false|null|\d.*)$/.test(language) && next !== char.lineFeed) return { end: start, rank: 3 }
  return { end, rank: likelyLanguages.test(language) ? 3 : 1 }
}

function isLanguageCode(code: number): boolean {
  return (code < 0x80 && char.isLetter(code)) || char.isDigit(code) || code === char.minus || code === char.plus
}
