import { describe, expect, it } from 'vitest'
import { budget, type Simulation, simulate } from './compaction-simulation.ts'
import { strategies } from './compaction-strategies.ts'

const results = new Map<string, Simulation>()
for (const [name, strategy] of Object.entries(strategies)) results.set(name, await simulate(strategy))

describe('a conversation of 200 turns with tools', () => {
  it('is held under the budget at each request', () => {
    const { longest } = results.get('no compaction, no budget') as Simulation
    expect(longest).toBeGreaterThan(9 * budget)
    const longestOfOthers = [...results.values()].slice(1).map((result) => result.longest)
    expect(Math.max(...longestOfOthers)).toBeLessThanOrEqual(budget)
  })

  it('keeps this share of its prompts in the cache, and costs this, by strategy', () => {
    const figures = [...results].map(([name, { compactions, prompted, cached, cost }]) => {
      return `${name}: ${compactions} compactions, ${Math.round((100 * cached) / prompted)} % cached, ${cost.toFixed(1)} $`
    })
    expect(figures).toEqual([
      'no compaction, no budget: 0 compactions, 100 % cached, 21.7 $',
      'keepRecent, step 1 (a plain window): 307 compactions, 47 % cached, 29.0 $',
      'keepRecent: 32 compactions, 94 % cached, 6.3 $',
      'keepRecent, step of half the budget: 17 compactions, 96 % cached, 4.6 $',
      'byPriority, down to the budget: 344 compactions, 65 % cached, 20.5 $',
      'byPriority, down to half: 17 compactions, 97 % cached, 4.3 $',
      'dropToolResults, then keepRecent: 34 compactions, 96 % cached, 5.5 $',
      'shorten, then keepRecent: 45 compactions, 95 % cached, 5.9 $',
      'summarizeHistory, the newest 20 stay: 10 compactions, 97 % cached, 3.9 $',
      'dropToolResults and summarizeHistory: 10 compactions, 97 % cached, 3.4 $',
    ])
  })
})
