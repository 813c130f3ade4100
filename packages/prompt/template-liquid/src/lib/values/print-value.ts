import type { Budget } from '../render/budget.ts'
import { renderFailure } from '../render/liquid-failure.ts'
import { disregard } from './disregard.ts'
import { Drop } from './drop.ts'
import { Float, printFloat } from './float.ts'
import { isPlainObject } from './is-plain-object.ts'
import { keysOf } from './keys-of.ts'
import { leavesOf } from './leaves-of.ts'
import { LiquidRange } from './liquid-range.ts'

/**
 * The text that is printed for a value. The elements of lists follow each other without anything in between.
 *
 * Lists and objects are charged for while they are printed: one that stands in itself by many ways has a text of any length.
 */
export function printValue(value: unknown, budget: Budget): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isInteger(value) ? printWhole(value) : printFloat(value)
    case 'undefined':
      return ''
    case 'object':
      if (value === null) return ''
      return Array.isArray(value) ? printList(value, budget) : printObject(value, budget)
    default:
      return String(value)
  }
}

function printWhole(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(BigInt(value))
}

function printList(whole: readonly unknown[], budget: Budget): string {
  let text = ''
  for (const leaf of leavesOf(whole)) text += charged(printValue(leaf, budget), budget)
  return text
}

/** A part of a text that is being made: its place in the list or object is work, and so are its characters. */
function charged(part: string, budget: Budget): string {
  budget.step(part.length)
  budget.use(part.length)
  return part
}

function printObject(value: object, budget: Budget): string {
  if (value instanceof Float || value instanceof LiquidRange || value instanceof Drop) return String(value)
  if (value instanceof Date) return printDate(value)
  if (value instanceof Promise) {
    disregard(value)
    throw renderFailure('A promise cannot be printed. Await it before it is passed in the assigns.')
  }
  return hasTextOfItsOwn(value) ? String(value) : inspect(value, new Set(), budget)
}

/** As Ruby prints a time of UTC. */
function printDate(value: Date): string {
  return Number.isNaN(value.getTime()) ? '' : `${value.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function hasTextOfItsOwn(value: object): boolean {
  if (isPlainObject(value)) return false
  const { toString } = value
  // An own one is data.
  return typeof toString === 'function' && toString !== Object.prototype.toString && !Object.hasOwn(value, 'toString')
}

/** As Ruby prints a hash, `{"name"=>"Ada", "tags"=>[1, nil]}`. */
function inspect(value: unknown, above: Set<unknown>, budget: Budget): string {
  if (value === null || value === undefined) return charged('nil', budget)
  if (typeof value === 'string') return charged(JSON.stringify(value), budget)
  if (typeof value !== 'object') return charged(printValue(value, budget), budget)
  const isList = Array.isArray(value)
  if (!isList && (value instanceof Date || value instanceof Float || hasTextOfItsOwn(value))) {
    return charged(printValue(value, budget), budget)
  }
  if (above.has(value)) return charged(isList ? '[...]' : '{...}', budget)
  above.add(value)
  const text = isList
    ? `[${value.map((item) => inspect(item, above, budget)).join(', ')}]`
    : `{${keysOf(value, budget)
        .map((key) => {
          const name = charged(JSON.stringify(key), budget)
          return `${name}=>${inspect((value as Record<string, unknown>)[key], above, budget)}`
        })
        .join(', ')}}`
  above.delete(value)
  return text
}
