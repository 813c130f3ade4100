import type { JsonValue } from './json-value.ts'

/** The source text of numbers is not yet in the types. */
type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown

const revive: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && !isExact(value, source) ? source : value

/** JSON whose numbers lose nothing: one that JavaScript cannot hold exactly stays as it is written, as a text. */
export function parseExactJson(text: string): JsonValue {
  return JSON.parse(text, revive as (this: unknown, key: string, value: unknown) => unknown) as JsonValue
}

function isExact(value: number, source: string): boolean {
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value)
  const digits = source.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '')
  // So many digits are always kept, unless the exponent is beyond those of numbers.
  if (digits.length <= 15) return Number.isFinite(value) && (value !== 0 || digits === '')
  return String(value) === source
}
