import { codePointLength } from '../foreign/code-point-length.ts'
import { isMultipleOf } from '../foreign/is-multiple-of.ts'
import type { Alternative, Scalar } from './alternative.ts'
import { toRegExp } from '../foreign/to-reg-exp.ts'

/** Whether a scalar fits the keywords of an alternative, whatever its extras say. A format counts as fitted. */
export function fitsKeywords(value: Scalar, alternative: Alternative): boolean {
  switch (alternative.kind) {
    case 'scalars':
      return alternative.values.has(JSON.stringify(value))
    case 'number': {
      if (typeof value !== 'number') return false
      const { integer, lower, upper, divisors } = alternative
      return (
        (!integer || Number.isInteger(value)) &&
        (lower.exclusive ? value > lower.value : value >= lower.value) &&
        (upper.exclusive ? value < upper.value : value <= upper.value) &&
        divisors.every((divisor) => isMultipleOf(value, divisor))
      )
    }
    case 'string': {
      if (typeof value !== 'string') return false
      const length = codePointLength(value)
      return (
        length >= alternative.minimum &&
        length <= alternative.maximum &&
        alternative.patterns.every((pattern) => toRegExp(pattern).test(value))
      )
    }
    default:
      return false
  }
}
