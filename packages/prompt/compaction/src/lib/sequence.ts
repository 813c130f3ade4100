import type { CompactionDraft } from './compaction-draft.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { checkStrategies } from './check-strategies.ts'

/** All of the strategies, each on what the one before has left. */
export function sequence(...strategies: readonly CompactionStrategy[]): CompactionStrategy {
  checkStrategies('sequence', strategies)
  return Object.freeze({
    name: `sequence(${strategies.map(({ name }) => name).join(', ')})`,
    async run(draft: CompactionDraft) {
      for (const strategy of strategies) {
        draft.options.signal?.throwIfAborted()
        await strategy.run(draft)
      }
    },
  })
}
