import type { Budget } from '../render/budget.ts'
import { listOf } from './list-of.ts'

/** The elements of a value as they are, in a new list: unlike `listOf`, lists in it stay lists. */
export function itemsIn(value: unknown, budget: Budget): unknown[] {
  if (!Array.isArray(value)) return listOf(value, budget)
  budget.use(value.length)
  budget.work(value.length * 10)
  return [...(value as unknown[])]
}
