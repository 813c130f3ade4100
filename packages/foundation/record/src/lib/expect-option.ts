import { describeValue } from '@empire/errors'

/** Refuses a value of another type. */
export function expectType(name: string, value: unknown, type: 'boolean' | 'function' | 'string'): void {
  if (typeof value === type) return
  throw new TypeError(`"${name}" must be a ${type}, got ${describeValue(value)}.`)
}

/** Refuses what cannot be read as a store. */
export function expectStore(store: unknown): void {
  if (typeof (store as { read?: unknown } | null | undefined)?.read === 'function') return
  throw new TypeError(`"store" must be a record store, got ${describeValue(store)}.`)
}
