import type { Budget } from '../render/budget.ts'
import { Drop } from './drop.ts'
import { codePointLength, firstCodePoint, lastCodePoint } from './code-points.ts'
import { keysOf } from './keys-of.ts'
import { LiquidRange } from './liquid-range.ts'

/**
 * What a value holds under a key, `undefined` if nothing. Own properties only; a function is called.
 *
 * @param isCommand Whether the key stands behind a dot: `size`, `first` and `last` are then asked of the value.
 */
export function propertyOf(owner: unknown, key: unknown, isCommand: boolean, budget: Budget): unknown {
  if (typeof owner === 'object' && owner !== null) {
    if (Array.isArray(owner)) {
      if (typeof key === 'number') return Number.isInteger(key) ? elementAt(owner, key) : undefined
      return isCommand ? commandOnList(owner, key) : undefined
    }
    if (owner instanceof Drop) return typeof key === 'string' ? owner.get(key) : undefined
    if (owner instanceof LiquidRange) return isCommand ? commandOnRange(owner, key) : undefined
    const name = typeof key === 'string' ? key : typeof key === 'number' ? String(key) : undefined
    if (name === undefined) return undefined
    if (Object.hasOwn(owner, name)) return called((owner as Record<string, unknown>)[name], owner)
    return isCommand ? commandOnObject(owner, name, budget) : undefined
  }
  return isCommand && typeof owner === 'string' ? commandOnText(owner, key, budget) : undefined
}

function called(value: unknown, owner: object): unknown {
  return typeof value === 'function' ? (value as () => unknown).call(owner) : value
}

function elementAt(list: readonly unknown[], index: number): unknown {
  const place = index < 0 ? list.length + index : index
  return Object.hasOwn(list, place) ? list[place] : undefined
}

function commandOnList(list: readonly unknown[], key: unknown): unknown {
  if (key === 'size') return list.length
  if (key === 'first') return list[0] ?? null
  return key === 'last' ? (list.at(-1) ?? null) : undefined
}

function commandOnRange(range: LiquidRange, key: unknown): unknown {
  if (key === 'size') return range.size
  if (key === 'first') return range.first
  return key === 'last' ? range.last : undefined
}

function commandOnObject(owner: object, key: string, budget: Budget): unknown {
  if (key === 'size') return keysOf(owner, budget).length
  return key === 'first' ? firstPair(owner, budget) : undefined
}

/** The first key of an object and what it holds, nil if it is empty. */
export function firstPair(owner: object, budget: Budget): readonly [key: string, value: unknown] | null {
  const [key] = keysOf(owner, budget)
  return key === undefined ? null : [key, (owner as Record<string, unknown>)[key]]
}

function commandOnText(text: string, key: unknown, budget: Budget): unknown {
  if (key === 'size') {
    budget.work(text.length)
    return codePointLength(text)
  }
  if (key === 'first') return firstCodePoint(text)
  return key === 'last' ? lastCodePoint(text) : undefined
}
