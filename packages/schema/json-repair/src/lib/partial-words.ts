import { readLiteral } from './literal.ts'
import { isJsonNumber, numberText } from './number-text.ts'
import { nothing } from './partial-sink.ts'

type WordValue = number | boolean | null | typeof nothing

const longestLiteral = 9
const begunNumber = /^[+-]?[\d_]*\.?[\d_]*(?:[eE][+-]?\d*)?$/

/** The value of a word that stands without quotes: a number or a literal, else `nothing`. */
export function readWord(word: string): WordValue {
  const literal = literalValue(word, false)
  if (literal !== nothing || !canBeNumber(word)) return literal
  if (isJsonNumber(word)) return Number(word)
  const text = numberText(word)
  return text === undefined ? nothing : Number(text.json)
}

/** The same by the letter of RFC 8259. */
export function readStrictWord(word: string): WordValue {
  if (word === 'true') return true
  if (word === 'false') return false
  if (word === 'null') return null
  return isJsonNumber(word) ? Number(word) : nothing
}

/** What to show of a word that may go on. */
export function readBegunWord(word: string): unknown {
  const literal = literalValue(word, true)
  if (literal !== nothing) return literal
  if (canBeNumber(word)) {
    if (isJsonNumber(word)) return Number(word)
    if (begunNumber.test(word)) return begunValue(word)
  }
  return isEllipsis(word) ? nothing : word
}

/** Three dots, or more, or the one character that stands for them: a gap that a model has left. */
export function isEllipsis(word: string): boolean {
  return /^(?:\.{2,}|…)$/.test(word)
}

function literalValue(word: string, isBegun: boolean): true | false | null | typeof nothing {
  if (word.length > longestLiteral) return nothing
  const literal = readLiteral(word, isBegun, 'null')
  if (literal === undefined) return nothing
  return literal.json === 'null' ? null : literal.json === 'true'
}

/** A digit, a sign or a point. A long text is looked at as a whole only if it begins like this. */
function canBeNumber(word: string): boolean {
  const first = word.charCodeAt(0)
  return (first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46
}

/** Of a number that may be cut after a sign, a point or an `e`: what stands before. */
function begunValue(word: string): number | typeof nothing {
  const plain = word
    .replaceAll('_', '')
    .replace(/^\+/, '')
    .replace(/[eE][+-]?$/, '')
  const value = Number(plain)
  return !/\d/.test(plain) || Number.isNaN(value) ? nothing : value
}
