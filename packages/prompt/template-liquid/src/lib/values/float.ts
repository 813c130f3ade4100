/**
 * A number that is not whole by its kind, though it may be by its value: `5.0`.
 *
 * JavaScript cannot tell it from `5`, and Liquid prints and divides them differently. Only whole ones are wrapped.
 */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  toString(): string {
    return printFloat(this.value)
  }
}

/** The number as a value of a template that is no whole number by its kind. */
export function asFloat(value: number): number | Float {
  return Number.isInteger(value) ? new Float(value) : value
}

/** As Ruby prints it: `0.5`, `5.0`, `1.0e+20`. */
export function printFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 16) {
    const digits = String(Math.abs(power)).padStart(2, '0')
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${power < 0 ? '-' : '+'}${digits}`
  }
  const text = Object.is(value, -0) ? '-0' : String(value)
  return text.includes('.') ? text : `${text}.0`
}
