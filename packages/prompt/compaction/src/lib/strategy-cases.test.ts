import { describe, expect, it } from 'vitest'
import { byPriority } from './by-priority.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { dropToolResults } from './drop-tool-results.ts'
import { keepRecent } from './keep-recent.ts'
import { sequence } from './sequence.ts'
import { shorten } from './shorten.ts'
import { compactionStrategyCases } from './strategy-cases.ts'
import { summarizeHistory } from './summarize-history.ts'
import { until } from './until.ts'

const strategies: Readonly<Record<string, () => CompactionStrategy>> = {
  summarizeHistory: () => summarizeHistory(),
  'summarizeHistory that keeps': () => summarizeHistory({ keep: 5, step: 2 }),
  'keepRecent by messages': () => keepRecent({ messages: 4 }),
  'keepRecent by tokens': () => keepRecent({ tokens: 300 }),
  dropToolResults: () => dropToolResults(),
  byPriority: () => byPriority({ maxTokens: 300, target: 200 }),
  shorten: () => shorten({ to: 200 }),
  sequence: () => sequence(dropToolResults({ keep: 0 }), shorten(), keepRecent({ messages: 10 })),
  until: () => until({ maxTokens: 500 }, dropToolResults(), shorten(), byPriority(), summarizeHistory()),
}

for (const [name, create] of Object.entries(strategies)) {
  describe(`the strategy ${name}`, () => {
    it.each(compactionStrategyCases(create))('$name', async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    })
  })
}

async function failures(run: CompactionStrategy['run'], name = 'own'): Promise<string[]> {
  const failed: string[] = []
  for (const promise of compactionStrategyCases(() => ({ name, run }))) {
    await promise.run().catch(() => failed.push(promise.name))
  }
  return failed
}

describe('compactionStrategyCases', () => {
  it('find nothing wrong with a strategy that does nothing, but that it holds no budget', async () => {
    expect(await failures(() => {})).toEqual([])
  })

  it('find a strategy that touches what is protected', async () => {
    const broken = await failures((draft) => {
      for (const message of draft.messages) draft.remove(message, 'all of it')
    })
    expect(broken).toContain('keeps the first system message and what is pinned')
  })

  it('find a strategy that does something else each time', async () => {
    let turn = 0
    const broken = await failures((draft) => {
      const free = draft.messages.filter(({ isProtected }) => !isProtected)
      const chosen = free[turn++ % free.length]
      if (chosen !== undefined) draft.remove(chosen, 'by chance')
    })
    expect(broken).toContain('does the same again for the same context')
  })

  it('find a strategy without a name', async () => {
    expect(await failures(() => {}, '')).toContain('has a name')
  })
})
