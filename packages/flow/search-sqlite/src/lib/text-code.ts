/**
 * How terms stand in the index of words. FTS5 parts what it is given once more, so a term is written in signs that it takes for one
 * word: lower case letters, digits and everything beyond ASCII as they are, `_` and two digits of base 16 for any other.
 */

/** Stands for a word that is not indexed: it counts as a place in a phrase. */
export const gap = '_'

/** Stands between the values of a field: no phrase goes on behind it. */
export const boundary = '__'

const others = /[^a-z0-9\u0080-\uffff]/g
const coded = /_([0-9a-f]{2})/g

export function encodeTerm(term: string): string {
  return term.replace(others, (sign) => `_${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

export function decodeTerm(code: string): string {
  return code.replace(coded, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
