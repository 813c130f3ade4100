import { redactText } from '@empire/redaction'

const longest = 40

/** As far as a text is looked at: a secret may go on behind what is shown. */
const searched = 1000

/**
 * A value in a few words, for messages that say what came: `a number (3)`, `a string ("abc")`, `an array`, `undefined`.
 *
 * Strings are cut at 40 characters, and what looks like a secret is hidden. Do not call it with a value that is one.
 */
export function describeValue(value: unknown): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'undefined':
      return 'undefined'
    case 'string':
      return `a string (${describeText(value)})`
    case 'object':
      return describeObject(value)
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
    default:
      return `a ${typeof value} (${Object.is(value, -0) ? '-0' : String(value)})`
  }
}

/** A text in quotes, cut at 40 characters; what looks like a secret is hidden. */
export function describeText(whole: string): string {
  const text = redactText(whole.slice(0, searched)) + whole.slice(searched)
  if (text.length <= longest) return JSON.stringify(text)
  const end = isHighSurrogate(text.charCodeAt(longest - 1)) ? longest - 1 : longest
  return `${JSON.stringify(text.slice(0, end))} and ${text.length - end} characters more`
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (value instanceof Error) return 'an error'
  if (value instanceof Date) return 'a date'
  if (value instanceof Promise) return 'a promise (is an "await" missing?)'
  return 'an object'
}
