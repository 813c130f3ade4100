import type { Content } from './record-store.ts'

/** What was worked out of a value so far. */
export interface SharedContent {
  /** As it is. */
  plain?: Content | undefined
  /** Without secrets. */
  safe?: Content | undefined
}

const known = new WeakMap<object, SharedContent>()

/**
 * Marks data that is recorded or addressed more than once, such as a request that several layers record: it is written,
 * hashed and searched for secrets the first time only. It must not be changed any more, at any depth.
 */
export function shareContent<Value extends object>(value: Value): Value {
  if (!known.has(value)) known.set(value, {})
  return value
}

export function sharedContent(value: unknown): SharedContent | undefined {
  return typeof value === 'object' && value !== null ? known.get(value) : undefined
}
