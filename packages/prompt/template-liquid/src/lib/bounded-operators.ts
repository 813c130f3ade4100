import { type Context, defaultOperators, toValue } from 'liquidjs'
import { checkTime } from './bounded-context.ts'
import { includesText } from './bounded-search.ts'
import { Stopwatch } from './stopwatch.ts'

type Operator = (left: unknown, right: unknown, context: Context) => unknown
type Operators = typeof defaultOperators
type Comparison = Generator<unknown, boolean, boolean>

/** The operators of liquidjs, with a look at the clock in all that compare: one expression may have 100,000 of them. */
export const boundedOperators = {
  ...defaultOperators,
  '==': bounded(equal),
  '!=': bounded(function* notEqual(left, right, context): Comparison {
    return !(yield equal(left, right, context))
  }),
  '<': bounded(builtin('<')),
  '<=': bounded(builtin('<=')),
  '>': bounded(builtin('>')),
  '>=': bounded(builtin('>=')),
  contains: bounded(contains),
} as Operators

function bounded(operator: Operator): Operator {
  return (left, right, context) => {
    checkTime(context)
    return operator(left, right, context)
  }
}

function builtin(name: string): Operator {
  return defaultOperators[name] as Operator
}

const builtinEqual = builtin('==')
const builtinContains = builtin('contains')

function equal(left: unknown, right: unknown, context: Context): unknown {
  if (Array.isArray(left) && Array.isArray(right)) return equalLists(left, right, context)
  return builtinEqual(left, right, context)
}

function* equalLists(left: readonly unknown[], right: readonly unknown[], context: Context): Comparison {
  if (left.length !== right.length) return false
  const stopwatch = new Stopwatch(context)
  for (const [index, item] of left.entries()) {
    stopwatch.step(item)
    if (!(yield equal(item, right[index], context))) return false
  }
  return true
}

function* contains(left: unknown, right: unknown, context: Context): Comparison {
  const whole: unknown = yield toValue(left)
  if (Array.isArray(whole)) return yield includes(whole, right, context)
  if (typeof whole !== 'string') return yield builtinContains(whole, right, context)
  return includesText(whole, String(yield toValue(right)), context)
}

function* includes(list: readonly unknown[], item: unknown, context: Context): Comparison {
  const stopwatch = new Stopwatch(context)
  for (const value of list) {
    stopwatch.step(value)
    if (yield equal(value, item, context)) return true
  }
  return false
}
