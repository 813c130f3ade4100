import type { TopicBus } from '@empire/bus'
import type { Label } from './label.ts'

/** The topics on which caches talk to each other: what a bus for a cache must carry. */
export interface CacheEvents {
  /** Something was invalidated in one process. */
  'empire:cache:invalidated': CacheInvalidation
}

/** The bus that caches talk over. */
export type CacheBus = TopicBus<'empire:cache:invalidated', CacheInvalidation>

/** What one cache tells the others that share its namespace. */
export interface CacheInvalidation {
  /** The namespace of the cache. */
  readonly namespace: string
  /** The cache that it comes from. */
  readonly origin: string
  /** The labels that no longer count. */
  readonly labels: readonly string[]
  /** Whether the store still holds what no longer counts, since it could not be reached. */
  readonly isPending: boolean
}

export const invalidationTopic = 'empire:cache:invalidated'

/** The message if it is one: a bus is shared by processes of other versions, and by other people. */
export function readInvalidation(message: unknown): CacheInvalidation | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { namespace, origin, labels, isPending } = message as Partial<Record<keyof CacheInvalidation, unknown>>
  if (typeof namespace !== 'string' || typeof origin !== 'string' || typeof isPending !== 'boolean') return undefined
  if (!Array.isArray(labels) || !labels.every((label): label is Label => typeof label === 'string')) return undefined
  return { namespace, origin, labels, isPending }
}
