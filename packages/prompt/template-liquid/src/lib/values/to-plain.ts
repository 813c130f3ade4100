import type { Budget } from '../render/budget.ts'
import { Drop } from './drop.ts'
import { Float } from './float.ts'
import { LiquidRange } from './liquid-range.ts'
import { listOf } from './list-of.ts'

/** A value of a template as JavaScript has it, for functions of the user: no `Float`, no range, no `forloop`. */
export function toPlain(value: unknown, budget: Budget): unknown {
  if (value instanceof Float) return value.value
  if (value instanceof LiquidRange) return listOf(value, budget)
  if (value instanceof Drop) return String(value)
  if (value === undefined) return null
  if (!Array.isArray(value)) return value
  budget.work(value.length * 10)
  return value.some(isOurs) ? value.map((item: unknown) => (isOurs(item) ? toPlain(item, budget) : item)) : value
}

function isOurs(value: unknown): boolean {
  return value instanceof Float || value instanceof LiquidRange || value instanceof Drop
}
