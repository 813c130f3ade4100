import { apply, plan } from '@empire/compaction'
import { type Context, createContext } from '@empire/context'
import { measure } from '@empire/test-support/measure'
import { budget, prices, simulate } from './compaction-simulation.ts'
import { strategies } from './compaction-strategies.ts'
import type { Table } from './table.ts'

export const description =
  'Compaction: a conversation of 200 turns under a budget, by strategy; time by length of history'

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  return [await compare(quick ? 20 : 200), await time(quick)]
}

async function compare(turns: number): Promise<Table> {
  const rows: (string | number)[][] = []
  for (const [name, strategy] of Object.entries(strategies)) {
    const { requests, compactions, longest, prompted, cached, summarised, cost } = await simulate(strategy, turns)
    rows.push([
      name,
      requests,
      compactions,
      longest,
      prompted / 1000,
      (100 * cached) / prompted,
      summarised / 1000,
      cost,
    ])
  }
  return {
    title: `An agent's conversation of ${turns} turns, prompts of at most ${budget.toLocaleString('en-US')} tokens`,
    columns: [
      'strategy',
      'requests',
      'compactions',
      'longest prompt',
      'prompted, k tokens',
      'cached prefix, %',
      'summarised, k tokens',
      'cost, $',
    ],
    rows,
    notes: [
      `The same figures each time. $ per million tokens: ${prices.cachedInput} for what the request before began with, too, ${prices.cacheWrite} for all else of a prompt, ${prices.input} for what a summarizer reads; answers cost the same everywhere, and are left out.`,
    ],
  }
}

async function time(quick: boolean): Promise<Table> {
  const sizes = quick ? [200, 800] : [2500, 10_000]
  const columns = []
  for (const size of sizes) {
    const context = createHistory(size)
    const options = { summarizer: () => 'What was said.', maxTokens: Math.floor(context.tokenCount() / 2) }
    const candidates = Object.entries(strategies).flatMap(([name, strategy]) =>
      strategy === undefined ? [] : [[name, async () => apply(await plan(context, strategy, options))] as const],
    )
    columns.push(await measure(Object.fromEntries(candidates), quick ? { samples: 3, sampleTime: 1 } : { samples: 3 }))
  }
  const [small = [], large = []] = columns
  return {
    title: 'Plan and apply, ms per history',
    columns: ['', ...sizes.map((size) => `${size.toLocaleString('en-US')} messages`), 'growth'],
    rows: large.map(({ name, median }, row) => {
      const before = small[row]?.median ?? Number.NaN
      return [name, before, median, median / before]
    }),
    notes: [
      'Growth, for four times the messages: 4 is linear, 16 is quadratic. The budget is half of what the history has; the counts are known.',
    ],
  }
}

function createHistory(size: number): Context {
  const tokenCounter = { name: 'letters', exact: true, count: (text: string) => text.length }
  let context = createContext({ tokenCounter }).system('You are helpful.')
  for (let index = 0; context.length < size; index++) {
    context = context.user(`Question ${index}`).toolCall({ id: `c${index}`, tool: 'read', args: { index } })
    context = context.toolResult({ id: `c${index}`, result: 'x'.repeat(1500) }).assistant(`Answer ${index}`)
  }
  return context
}
