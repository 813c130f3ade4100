import { describeValue } from '@empire/errors'
import type { CompactionStrategy } from './compaction-strategy.ts'

/** Throws `TypeError` unless it is a strategy. */
export function checkStrategy(strategy: unknown, name: string): CompactionStrategy {
  const { name: own, run } = (strategy ?? {}) as Partial<CompactionStrategy>
  if (typeof strategy === 'object' && typeof own === 'string' && own !== '' && typeof run === 'function') {
    return strategy as CompactionStrategy
  }
  const hint = typeof strategy === 'function' ? ' Is the call missing?' : ''
  throw new TypeError(
    `"${name}" must be a strategy, such as keepRecent({ messages: 20 }), got ${describeValue(strategy)}.${hint}`,
  )
}
