import type { Budget } from '../render/budget.ts'
import { renderFailure } from '../render/liquid-failure.ts'
import { Drop } from '../values/drop.ts'
import { propertyOf } from '../values/property.ts'
import { indexOfText } from '../values/search-text.ts'

/** Whether a property may be asked of an item of a list; not of nil, booleans and decimals. */
export function hasProperties(item: unknown): boolean {
  if (typeof item === 'number') return Number.isInteger(item)
  return typeof item === 'string' || (typeof item === 'object' && item !== null)
}

/** What an item of a list has under a property, nil if nothing. A text has the texts in it. Fails for a number. */
export function itemProperty(item: unknown, property: unknown, budget: Budget): unknown {
  if (typeof item === 'string') {
    return typeof property === 'string' && indexOfText(item, property, budget) !== -1 ? property : null
  }
  if (typeof item === 'number') throw renderFailure('A number has no properties.')
  return propertyOf(item, property, item instanceof Drop, budget) ?? null
}
