import { limitFailure, renderFailure } from '../render/liquid-failure.ts'
import { asFloat } from './float.ts'
import { isWhole, type LiquidNumber, mostDigits, plainNumber } from './to-number.ts'

/** `digits / 10 ** scale`, exact. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

type Exact = (left: bigint, right: bigint) => bigint

/** Adds, exact for decimals too: 0.1 + 0.2 is 0.3. */
export function add(left: LiquidNumber, right: LiquidNumber): LiquidNumber {
  return aligned(left, right, (first, second) => first + second)
}

/** Subtracts, exact for decimals too. */
export function subtract(left: LiquidNumber, right: LiquidNumber): LiquidNumber {
  return aligned(left, right, (first, second) => first - second)
}

/** Multiplies, exact for decimals too. */
export function multiply(left: LiquidNumber, right: LiquidNumber): LiquidNumber {
  if (isWhole(left) && isWhole(right)) return whole(left, right, (first, second) => first * second)
  const [first, second] = [plainNumber(left), plainNumber(right)]
  if (!Number.isFinite(first) || !Number.isFinite(second)) return first * second
  const [one, other] = [decimalOf(first), decimalOf(second)]
  return numberOf({ digits: one.digits * other.digits, scale: one.scale + other.scale })
}

/** Divides: whole numbers down to a whole one. Fails for 0. */
export function divide(left: LiquidNumber, right: LiquidNumber): LiquidNumber {
  if (plainNumber(right) === 0) throw renderFailure('Divided by 0.')
  if (!isWhole(left) || !isWhole(right)) return asFloat(plainNumber(left) / plainNumber(right))
  return whole(left, right, (first, second) => {
    const quotient = first / second
    return first % second !== 0n && first < 0n !== second < 0n ? quotient - 1n : quotient
  })
}

/** What is left when divided down, with the sign of the divisor. Fails for 0. */
export function modulo(left: LiquidNumber, right: LiquidNumber): LiquidNumber {
  if (plainNumber(right) === 0) throw renderFailure('Divided by 0.')
  return aligned(left, right, (first, second) => {
    const rest = first % second
    return rest !== 0n && rest < 0n !== second < 0n ? rest + second : rest
  })
}

/** Rounds to so many decimals, halves away from 0. */
export function roundTo(value: LiquidNumber, decimals: number): LiquidNumber {
  const number = plainNumber(value)
  if (isWhole(value) && decimals >= 0) return value
  if (!Number.isFinite(number)) throw renderFailure('Cannot round what is not finite.')
  const { digits, scale } = isWhole(value) ? { digits: BigInt(value), scale: 0 } : decimalOf(number)
  if (scale <= decimals) return value
  // No digit of a number is further than that.
  const unit = 10n ** BigInt(Math.min(scale - decimals, 1000))
  const half = unit / 2n
  const rounded = ((digits < 0n ? digits - half : digits + half) / unit) * unit
  if (decimals === 0 || isWhole(value)) return safe(rounded / 10n ** BigInt(scale))
  return numberOf({ digits: rounded, scale })
}

function aligned(left: LiquidNumber, right: LiquidNumber, operate: Exact): LiquidNumber {
  if (isWhole(left) && isWhole(right)) return whole(left, right, operate)
  const [first, second] = [plainNumber(left), plainNumber(right)]
  if (!Number.isFinite(first) || !Number.isFinite(second)) return Number.NaN
  const [one, other] = [decimalOf(first), decimalOf(second)]
  const scale = Math.max(one.scale, other.scale)
  const digits = operate(
    one.digits * 10n ** BigInt(scale - one.scale),
    other.digits * 10n ** BigInt(scale - other.scale),
  )
  return numberOf({ digits, scale })
}

const largest = 10n ** BigInt(mostDigits)

function whole(left: number | bigint, right: number | bigint, operate: Exact): number | bigint {
  const result = operate(BigInt(left), BigInt(right))
  if (result >= largest || result <= -largest) throw limitFailure('memoryLimit')
  return safe(result)
}

function safe(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const [before = '0', after = ''] = mantissa.split('.')
  const scale = after.length - Number(exponent)
  const digits = BigInt(before + after)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

function numberOf({ digits, scale }: Decimal): LiquidNumber {
  return asFloat(Number(`${digits}e-${scale}`))
}
