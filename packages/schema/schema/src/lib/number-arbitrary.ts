import * as fc from 'fast-check'
import type * as z from 'zod'
import { boundsOf, checksOf } from './checks-of.ts'

/** The ranges of zod's number formats. */
const ranges: Readonly<Record<string, readonly [low: number, high: number]>> = {
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
}

/** Numbers within the bounds and on the steps of a schema; `undefined` if there are none. */
export function numberArbitrary(schema: z.core.$ZodType): fc.Arbitrary<number> | undefined {
  const { low, high } = boundsOf<number>(schema)
  const formats = formatsOf(schema)
  const spans = formats.map((format) => ranges[format] ?? [-Infinity, Infinity])
  const min = Math.max(-Number.MAX_VALUE, low?.value ?? -Infinity, ...spans.map(([least]) => least))
  const max = Math.min(Number.MAX_VALUE, high?.value ?? Infinity, ...spans.map(([, most]) => most))
  const whole = formats.some((format) => format.includes('int'))
  const steps = checksOf(schema).flatMap(({ check, value }) => (check === 'multiple_of' ? [Number(value)] : []))
  if (whole || steps.length > 0) return multiples(Math.max(...steps, whole ? 1 : 0), min, max)
  const minExcluded = low?.value === min && !low.inclusive
  const maxExcluded = high?.value === max && !high.inclusive
  if (min > max || (min === max && (minExcluded || maxExcluded))) return undefined
  const numbers = fc.double({ min, max, minExcluded, maxExcluded, noNaN: true })
  return formats.includes('float32') ? numbers.map(Math.fround) : numbers
}

function formatsOf(schema: z.core.$ZodType): string[] {
  return checksOf(schema).flatMap(({ check, format }) => (check === 'number_format' && format ? [format] : []))
}

function multiples(step: number, min: number, max: number): fc.Arbitrary<number> | undefined {
  const limit = Math.floor(Number.MAX_SAFE_INTEGER / Math.max(1, step))
  const low = Math.max(Math.ceil(min / step), -limit)
  const high = Math.min(Math.floor(max / step), limit)
  if (low > high) return undefined
  // Mostly numbers that people can read.
  const near = { min: Math.max(low, -1_000_000), max: Math.min(high, 1_000_000) }
  const all = fc.maxSafeInteger().map((times) => low + (Math.abs(times) % (high - low + 1)))
  const times = near.min > near.max ? all : fc.oneof({ weight: 4, arbitrary: fc.integer(near) }, all)
  // 3 × 0.1 is 0.30000000000000004: 15 digits are what a double keeps of a decimal.
  return times.map((count) => (Number.isInteger(step) ? count * step : Number((count * step).toPrecision(15))))
}

/** Big integers within the bounds of a schema; `undefined` if there are none. */
export function bigintArbitrary(schema: z.core.$ZodType): fc.Arbitrary<bigint> | undefined {
  const { low, high } = boundsOf<bigint>(schema)
  const checks = checksOf(schema)
  const step = checks.flatMap(({ check, value }) => (check === 'multiple_of' ? [BigInt(value as bigint)] : []))[0] ?? 1n
  const span = checks.flatMap(({ check, format = '' }) => (check === 'bigint_format' ? [bigRanges[format]] : []))[0]
  const min = highest(low && (low.inclusive ? low.value : low.value + 1n), span?.[0])
  const max = lowest(high && (high.inclusive ? high.value : high.value - 1n), span?.[1])
  const bounds = {
    ...(min === undefined ? {} : { min: min / step + (min > 0n && min % step !== 0n ? 1n : 0n) }),
    ...(max === undefined ? {} : { max: max / step - (max < 0n && max % step !== 0n ? 1n : 0n) }),
  }
  if (bounds.min !== undefined && bounds.max !== undefined && bounds.min > bounds.max) return undefined
  return fc.bigInt(bounds).map((count) => count * step)
}

const bigRanges: Readonly<Record<string, readonly [low: bigint, high: bigint]>> = {
  int64: [-9223372036854775808n, 9223372036854775807n],
  uint64: [0n, 18446744073709551615n],
}

function highest(first: bigint | undefined, second: bigint | undefined): bigint | undefined {
  return first === undefined || (second !== undefined && second > first) ? second : first
}

function lowest(first: bigint | undefined, second: bigint | undefined): bigint | undefined {
  return first === undefined || (second !== undefined && second < first) ? second : first
}

/** Dates within the bounds of a schema; `undefined` if there are none. */
export function dateArbitrary(schema: z.core.$ZodType): fc.Arbitrary<Date> | undefined {
  const { low, high } = boundsOf<Date>(schema)
  const bounds = { ...(low && { min: low.value }), ...(high && { max: high.value }) }
  if (bounds.min !== undefined && bounds.max !== undefined && bounds.min > bounds.max) return undefined
  return fc.date({ ...bounds, noInvalidDate: true })
}
