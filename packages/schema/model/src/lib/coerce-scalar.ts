import { z } from 'zod'
import type { ZodDefinition } from './zod-parts.ts'

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const integer = /^[+-]?\d+$/
const isoDate = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })])

/** What a scalar schema asks for, where `value` says the same in another type. */
export function coerceScalar(definition: ZodDefinition, value: unknown): unknown {
  switch (definition.type) {
    case 'number':
      return typeof value === 'string' ? toNumber(value) : value
    case 'bigint':
      return toBigint(value)
    case 'boolean':
      return typeof value === 'string' ? toBoolean(value) : value
    case 'date':
      return typeof value === 'string' ? toDate(value) : value
    case 'literal':
      return toLiteral(definition.values ?? [], value)
    default:
      return value
  }
}

/** Also the form with a sign that `JSON.stringify` gives years before 0 and after 9999. */
const expandedDate = /^[+-]\d{6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function toDate(text: string): unknown {
  if (isoDate.safeParse(text).success) return new Date(text)
  const date = new Date(expandedDate.test(text) ? text : Number.NaN)
  return !Number.isNaN(date.getTime()) && date.toISOString() === text ? date : text
}

/** A text that writes a number exactly: not one with more digits than a number holds. */
function toNumber(text: string): unknown {
  const trimmed = text.trim()
  if (!decimal.test(trimmed)) return text
  const number = Number(trimmed)
  if (!Number.isFinite(number)) return text
  if (integer.test(trimmed) && !Number.isSafeInteger(number)) return text
  return number
}

function toBigint(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value !== 'string' || value.length > mostDigits || !integer.test(value.trim())) return value
  return BigInt(value.trim().replace('+', ''))
}

/** Reading a number takes longer than its text is long. */
const mostDigits = 10_000

function toBoolean(text: string): unknown {
  const word = text.length > 10 ? '' : text.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : text
}

function toLiteral(literals: readonly unknown[], value: unknown): unknown {
  if (typeof value !== 'string' || literals.includes(value)) return value
  const meant = literals.find((literal) => literal === toNumber(value) || literal === toBoolean(value))
  return meant === undefined ? value : meant
}
