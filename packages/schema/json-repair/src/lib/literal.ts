import type { RepairKind } from './repair-kind.ts'
import type { NonFinite } from './source.ts'

/** What a bare word stands for in JSON. */
export interface Literal {
  readonly json: string
  readonly kind: RepairKind | undefined
  /** Of `NaN` and the infinities: the number itself. */
  readonly number?: number | undefined
}

const words: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['false', 'false'],
  ['null', 'null'],
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
  ['TRUE', 'true'],
  ['FALSE', 'false'],
  ['NULL', 'null'],
  ['Null', 'null'],
  ['nil', 'null'],
])

const numbers: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['nan', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['+Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
])

/** What the end of the text can have cut, the likeliest first. */
const cuttable = ['true', 'false', 'null', 'True', 'False', 'None', 'undefined', 'NaN', 'Infinity', '-Infinity']

/**
 * Reads the literals of JSON, Python and JavaScript. With `isCut`, a word that the end of the text cut, as `tru`, is the
 * first literal that begins with it. `undefined` for other words.
 */
export function readLiteral(token: string, isCut: boolean, nonFinite: NonFinite): Literal | undefined {
  const whole = wholeLiteral(token, nonFinite)
  if (whole !== undefined || !isCut || token === '-' || token === '') return whole
  const completed = cuttable.find((word) => word.startsWith(token))
  if (completed === undefined) return undefined
  const literal = wholeLiteral(completed, nonFinite)
  return literal && { ...literal, kind: 'complete_cut' }
}

function wholeLiteral(token: string, nonFinite: NonFinite): Literal | undefined {
  const json = words.get(token)
  if (json !== undefined) return { json, kind: json === token ? undefined : 'replace_literal' }
  if (token === 'undefined') return { json: 'null', kind: 'insert_null' }
  const number = numbers.get(token)
  if (number === undefined) return undefined
  const written = nonFinite === 'string' ? `"${number}"` : 'null'
  return { json: written, kind: 'replace_non_finite', number }
}
