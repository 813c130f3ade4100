import type { Budget } from '../render/budget.ts'
import { limitFailure, renderFailure } from '../render/liquid-failure.ts'
import { asFloat, Float } from './float.ts'
import { printValue } from './print-value.ts'

/** A number of a template: whole ones are `number`, or `bigint` past 2^53; others `number`, or `Float` if their value is whole. */
export type LiquidNumber = number | bigint | Float

/** Whether a value is a number of a template. */
export function isNumber(value: unknown): value is LiquidNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
}

/** What a filter takes a value for that should be a number: the number that a text begins with, else 0. */
export function toNumber(value: unknown, budget: Budget): LiquidNumber {
  if (isNumber(value)) return value
  if (typeof value !== 'string') return 0
  budget.work(value.length)
  const text = value.trim()
  if (/^-?\d+\.\d+$/.test(text)) return asFloat(Number(text))
  return wholeNumber(/^[+-]?\d+/.exec(text)?.[0] ?? '0')
}

/** Digits of the longest whole number: beyond, a multiplication takes longer than the clock is looked at. */
export const mostDigits = 1000

/** A text of digits as a number, exact whatever its length. */
export function wholeNumber(digits: string): number | bigint {
  if (digits.length > mostDigits) throw limitFailure('memoryLimit')
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : BigInt(digits)
}

/** The value as a number of JavaScript, exact or not. */
export function plainNumber(value: LiquidNumber): number {
  return value instanceof Float ? value.value : Number(value)
}

/** Whether a number is whole by its kind. */
export function isWhole(value: LiquidNumber): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value)
}

/** What a filter or a tag takes a value for that has to be a whole number. Fails otherwise. */
export function toInteger(value: unknown, budget: Budget): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'bigint') return Number(value)
  const text = printValue(value, budget)
  budget.work(text.length)
  if (/^\s*[+-]?\d+\s*$/.test(text)) return Number(text)
  throw renderFailure('Expected a whole number.')
}
