import { nothing } from './partial-sink.ts'

const literals: ReadonlyMap<string, true | false | null> = new Map<string, true | false | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['True', true],
  ['False', false],
  ['None', null],
  ['TRUE', true],
  ['FALSE', false],
  ['NULL', null],
  ['undefined', null],
  ['NaN', null],
  ['nan', null],
  ['Infinity', null],
  ['-Infinity', null],
  ['+Infinity', null],
])
const begunLiterals = new Map<string, true | false | null>()
for (const [word, value] of literals)
  for (let length = 1; length <= word.length; length++) {
    const begun = word.slice(0, length)
    if (!begunLiterals.has(begun)) begunLiterals.set(begun, value)
  }
begunLiterals.delete('-')
begunLiterals.delete('+')

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** `.5`, `+1`, `1.`, `007`, `1_000`. Each part begins with a character that the part before it cannot hold. */
const looseNumber = /^[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d*)?$/
const hexNumber = /^0[xX][\da-fA-F]+$/
const begunNumber = /^[+-]?[\d_]*\.?[\d_]*(?:[eE][+-]?\d*)?$/

/** The value of a word that stands without quotes: a number or a literal, else `nothing`. */
export function readWord(word: string): number | boolean | null | typeof nothing {
  const literal = word.length <= 9 ? literals.get(word) : undefined
  if (literal !== undefined) return literal
  const first = word.charCodeAt(0)
  // A digit, a sign or a point: the patterns read a long text only if it can be a number.
  if (!(first >= 43 && first <= 57)) return nothing
  if (jsonNumber.test(word)) return Number(word)
  if (looseNumber.test(word)) return looseValue(word)
  return hexNumber.test(word) ? Number(word) : nothing
}

/** The same by the letter of RFC 8259. */
export function readStrictWord(word: string): number | boolean | null | typeof nothing {
  if (word === 'true') return true
  if (word === 'false') return false
  if (word === 'null') return null
  return jsonNumber.test(word) ? Number(word) : nothing
}

/** What to show of a word that may go on. */
export function readBegunWord(word: string): unknown {
  if (word.length <= 9) {
    const literal = begunLiterals.get(word)
    if (literal !== undefined) return literal
  }
  const first = word.charCodeAt(0)
  if (first >= 43 && first <= 57) {
    if (jsonNumber.test(word)) return Number(word)
    if (begunNumber.test(word)) return looseValue(word)
  }
  return isEllipsis(word) ? nothing : word
}

/** Three dots, or more, or the one character that stands for them: a gap that a model has left. */
export function isEllipsis(word: string): boolean {
  return /^(?:\.{2,}|…)$/.test(word)
}

/** Of a number that may be cut after a sign, a point or an `e`: what stands before. */
function looseValue(word: string): number | typeof nothing {
  const plain = word.replaceAll('_', '').replace(/^\+/, '')
  const whole = Number(plain)
  if (!Number.isNaN(whole) && /\d/.test(plain)) return whole
  const cut = plain.replace(/[eE][+-]?$/, '')
  const rest = Number(cut)
  return !/\d/.test(cut) || Number.isNaN(rest) ? nothing : rest
}
