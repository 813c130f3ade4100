import type { Budget } from '../render/budget.ts'
import { Drop } from './drop.ts'
import { keysOf } from './keys-of.ts'
import { leavesOf } from './leaves-of.ts'
import { LiquidRange } from './liquid-range.ts'

/**
 * What a filter takes a value for that should be a list: lists in it are laid flat, a range is counted out, anything
 * else is its only element, nothing is an empty list. The list is a new one, and is charged for.
 */
export function listOf(value: unknown, budget: Budget): unknown[] {
  if (value === undefined || value === null) return []
  if (value instanceof LiquidRange) return countedOut(value, budget)
  if (!Array.isArray(value)) return [value]
  return flattened(value, budget)
}

function countedOut({ first, last, size }: LiquidRange, budget: Budget): number[] {
  budget.use(size)
  const list: number[] = []
  for (let item = first; item <= last; item++) {
    budget.work(elementCost)
    list.push(item)
  }
  return list
}

/** To put an element into a list costs about as much as looking at this many characters. */
const elementCost = 10

function flattened(whole: readonly unknown[], budget: Budget): unknown[] {
  budget.use(whole.length)
  budget.work(whole.length * elementCost)
  if (!whole.some(Array.isArray)) return [...whole]
  const leaves = leavesOf(whole, ({ length }) => {
    budget.use(length + 1)
    budget.work(length * elementCost)
  })
  return [...leaves]
}

/** What a loop goes over: elements by their index, made as they are asked for. */
export interface Items {
  readonly length: number
  at(index: number): unknown
}

/** What a loop goes over for a value: the elements of a list or range, the pairs of an object, a text as a whole. */
export function itemsOf(value: unknown, budget: Budget): Items {
  if (value instanceof LiquidRange) return { length: value.size, at: (index) => value.first + index }
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value !== 'object' || value === null || value instanceof Drop) return []
  if (Symbol.iterator in value) return iterated(value as Iterable<unknown>, budget)
  return keysOf(value, budget).map((key) => [key, (value as Record<string, unknown>)[key]])
}

function iterated(value: Iterable<unknown>, budget: Budget): unknown[] {
  const list: unknown[] = []
  for (const item of value) {
    budget.work(elementCost)
    list.push(item)
  }
  return list
}
