import type { Budget } from '../render/budget.ts'

/** To list a key of an object costs about as much as looking at this many characters. */
const keyCost = 20

/** The own keys of an object. It may have any number of them, so listing them is work. */
export function keysOf(value: object, budget: Budget): string[] {
  const keys = Object.keys(value)
  budget.work(keys.length * keyCost)
  return keys
}
