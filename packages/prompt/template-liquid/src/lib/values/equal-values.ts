import type { Budget } from '../render/budget.ts'
import { Float } from './float.ts'
import { isPlainObject } from './is-plain-object.ts'
import { keysOf } from './keys-of.ts'
import { LiquidRange } from './liquid-range.ts'

/** Whether two values are equal, lists and objects by what they hold, whole numbers by value: `1 == 1.0`. */
export function equalValues(left: unknown, right: unknown, budget: Budget): boolean {
  const waiting = [left, right]
  while (waiting.length > 0) {
    const [first, second] = waiting.splice(-2)
    if (!equalOrPush(first, second, waiting, budget)) return false
  }
  return true
}

/** Whether two values are equal, as far as can be told without those that are pushed. */
function equalOrPush(left: unknown, right: unknown, waiting: unknown[], budget: Budget): boolean {
  budget.step(typeof left === 'string' ? left.length : 0)
  if (left === right) return true
  if (left === undefined || left === null) return right === undefined || right === null
  if (typeof left === 'bigint' || typeof right === 'bigint' || left instanceof Float || right instanceof Float) {
    // oxlint-disable-next-line eqeqeq -- a bigint equals the number of its value
    return isNumeric(left) && isNumeric(right) && numberOf(left) == numberOf(right)
  }
  if (typeof left !== 'object' || typeof right !== 'object' || right === null) return false
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false
    budget.use(left.length)
    for (let index = left.length - 1; index >= 0; index--) waiting.push(left[index], right[index])
    return true
  }
  if (left instanceof LiquidRange) {
    return right instanceof LiquidRange && left.first === right.first && left.last === right.last
  }
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime()
  if (!isPlainObject(left) || !isPlainObject(right)) return false
  const keys = keysOf(left, budget)
  if (keys.length !== keysOf(right, budget).length) return false
  budget.use(keys.length)
  for (const key of keys) {
    if (!Object.hasOwn(right, key)) return false
    waiting.push(left[key], right[key])
  }
  return true
}

function isNumeric(value: unknown): value is number | bigint | Float {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
}

function numberOf(value: number | bigint | Float): number | bigint {
  return value instanceof Float ? value.value : value
}
