import { checkStrategy } from './check-strategy.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'

/** Throws `TypeError` unless there is at least one, and all of them are strategies. */
export function checkStrategies(of: string, strategies: readonly CompactionStrategy[]): void {
  if (strategies.length === 0) throw new TypeError(`${of} needs at least one strategy, such as shorten().`)
  for (const [index, strategy] of strategies.entries()) checkStrategy(strategy, `${of}: strategies[${index}]`)
}
