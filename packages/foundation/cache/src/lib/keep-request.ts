import type { Label, Scope } from './label.ts'

/** What is to be kept, under which names, and for how long. */
export interface KeepRequest {
  readonly scope: Scope
  readonly id: string
  readonly tags: readonly Label[]
  /** Ids of the keys that it depends on. */
  readonly dependencies: readonly string[]
  /** Milliseconds, or `Infinity`. */
  readonly ttl: number
  /** Milliseconds beyond that. */
  readonly retain: number
  /** Milliseconds for an absent value, which is not kept without it. */
  readonly negativeTtl: number | undefined
  /** The part of the time to live of which a random share is taken off. */
  readonly jitter: number
}
