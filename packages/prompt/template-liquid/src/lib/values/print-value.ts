import { renderFailure } from '../render/liquid-failure.ts'
import { Drop } from './drop.ts'
import { Float, printFloat } from './float.ts'
import { isPlainObject } from './is-plain-object.ts'
import { leavesOf } from './leaves-of.ts'
import { LiquidRange } from './liquid-range.ts'

/** The text that is printed for a value. The elements of lists follow each other without anything in between. */
export function printValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isInteger(value) ? printWhole(value) : printFloat(value)
    case 'undefined':
      return ''
    case 'object':
      if (value === null) return ''
      return Array.isArray(value) ? printList(value) : printObject(value)
    default:
      return String(value)
  }
}

function printWhole(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(BigInt(value))
}

function printList(whole: readonly unknown[]): string {
  let text = ''
  for (const leaf of leavesOf(whole)) text += printValue(leaf)
  return text
}

function printObject(value: object): string {
  if (value instanceof Float || value instanceof LiquidRange || value instanceof Drop) return String(value)
  if (value instanceof Date) return printDate(value)
  if (value instanceof Promise) {
    throw renderFailure('A promise cannot be printed. Await it before it is passed in the assigns.')
  }
  return hasTextOfItsOwn(value) ? String(value) : inspect(value, new Set())
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
function inspect(value: unknown, above: Set<unknown>): string {
  if (value === null || value === undefined) return 'nil'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object') return printValue(value)
  const isList = Array.isArray(value)
  if (!isList && (value instanceof Date || value instanceof Float || hasTextOfItsOwn(value))) return printValue(value)
  if (above.has(value)) return isList ? '[...]' : '{...}'
  above.add(value)
  const text = isList
    ? `[${value.map((item) => inspect(item, above)).join(', ')}]`
    : `{${Object.entries(value)
        .map(([key, item]) => `${JSON.stringify(key)}=>${inspect(item, above)}`)
        .join(', ')}}`
  above.delete(value)
  return text
}
