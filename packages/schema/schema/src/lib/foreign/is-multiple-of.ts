/** Whether a number is a multiple of another, as they are written: 0.07 is one of 0.01, and nothing is lost with 1e308. */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isInteger(value) && Number.isInteger(divisor)) return value % divisor === 0
  if (!Number.isFinite(value)) return false
  const quotient = value / divisor
  // Far from any whole number: no rounding of the division explains that.
  if (Number.isFinite(quotient) && Math.abs(quotient) < 1e9 && Math.abs(quotient - Math.round(quotient)) > 1e-5)
    return false
  const left = decimal(value)
  const right = decimal(divisor)
  const exponent = Math.min(left.exponent, right.exponent)
  return (
    (left.digits * 10n ** BigInt(left.exponent - exponent)) %
      (right.digits * 10n ** BigInt(right.exponent - exponent)) ===
    0n
  )
}

/** The shortest decimal that reads as this number: `digits × 10 ^ exponent`. */
function decimal(value: number): { digits: bigint; exponent: number } {
  const [mantissa = '', power = '0'] = value.toExponential().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length }
}
