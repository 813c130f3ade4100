import { isMultipleOf } from '../foreign/is-multiple-of.ts'
import type { NumberAlternative } from './alternative.ts'
import type { Bound } from './bound.ts'
import { finding, type Finding } from './finding.ts'

/** What is in the inner range of numbers and not in the outer one. */
export function* compareNumbers(inner: NumberAlternative, outer: NumberAlternative): Generator<Finding> {
  const whole = isWhole(inner)
  if (outer.integer && !whole) yield finding('type', 'numbers that are not whole')
  const lowest = whole ? ceiling(inner.lower) : inner.lower
  const low = outer.lower
  if (lowest.value < low.value || (lowest.value === low.value && low.exclusive && !lowest.exclusive)) {
    yield finding('bound', low.exclusive ? `numbers of at most ${low.value}` : `numbers below ${low.value}`)
  }
  const highest = whole ? floor(inner.upper) : inner.upper
  const high = outer.upper
  if (highest.value > high.value || (highest.value === high.value && high.exclusive && !highest.exclusive)) {
    yield finding('bound', high.exclusive ? `numbers of at least ${high.value}` : `numbers above ${high.value}`)
  }
  for (const divisor of outer.divisors) {
    const steps = whole ? [1, ...inner.divisors] : inner.divisors
    if (!steps.some((step) => isMultipleOf(step, divisor))) {
      yield finding('multipleOf', `numbers that are not multiples of ${divisor}`)
    }
  }
}

/** Whether there is no number in the range. */
export function isEmptyRange(numbers: NumberAlternative): boolean {
  const whole = isWhole(numbers)
  const lower = whole ? ceiling(numbers.lower) : numbers.lower
  const upper = whole ? floor(numbers.upper) : numbers.upper
  return lower.value > upper.value || (lower.value === upper.value && (lower.exclusive || upper.exclusive))
}

function isWhole({ integer, divisors }: NumberAlternative): boolean {
  return integer || divisors.some((divisor) => Number.isInteger(divisor))
}

function ceiling({ value, exclusive }: Bound): Bound {
  // Beyond the safe integers the next whole number is not one away.
  if (!Number.isSafeInteger(Math.ceil(value))) return { value, exclusive }
  return { value: exclusive && Number.isInteger(value) ? value + 1 : Math.ceil(value), exclusive: false }
}

function floor({ value, exclusive }: Bound): Bound {
  if (!Number.isSafeInteger(Math.floor(value))) return { value, exclusive }
  return { value: exclusive && Number.isInteger(value) ? value - 1 : Math.floor(value), exclusive: false }
}
