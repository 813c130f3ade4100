import type { Label } from './label.ts'

/** One value, and all that ends it. */
export interface Entry {
  /** `undefined` when it is known that there is no value. */
  readonly value: unknown
  /** Milliseconds since the Unix epoch, or `Infinity`. */
  readonly freshUntil: number
  /** Not before `freshUntil`: until then a read that asks for a stale value may have it. */
  readonly keptUntil: number
  readonly labels: readonly Label[]
  /** The version that each label had in the store when the value began to be loaded. Without them it is not stored. */
  readonly versions: readonly string[] | undefined
}

export function isFresh(entry: Entry, now: number): boolean {
  return entry.freshUntil > now
}
