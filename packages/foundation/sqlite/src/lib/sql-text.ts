/**
 * A text as it is stored. Node 22 reads texts up to their first NUL only: so U+0000 is written as U+0001 U+0001, and U+0001 as
 * U+0001 U+0002. That keeps their order, and what they begin with.
 */
export function toSqlText(text: string): string {
  return special.test(text)
    ? text.replace(specials, (sign) => `\u0001${sign === '\u0000' ? '\u0001' : '\u0002'}`)
    : text
}

/** A text from how it is stored. */
export function fromSqlText(text: string): string {
  return text.includes('\u0001') ? text.replace(pairs, (pair) => (pair[1] === '\u0001' ? '\u0000' : '\u0001')) : text
}

// oxlint-disable-next-line no-control-regex -- they are what this is about
const special = /[\u0000\u0001]/
const specials = new RegExp(special, 'g')
// oxlint-disable-next-line no-control-regex -- as above
const pairs = /\u0001[\u0001\u0002]/g
