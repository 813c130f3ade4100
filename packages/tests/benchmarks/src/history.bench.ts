import { createContext } from '@empire/context'
import { measure, type Measurement } from '@empire/test-support/measure'
import { createEstimator } from '@empire/tokens'
import { produce } from 'immer'
import { create } from 'mutative'
import type { Table } from './table.ts'

export const description = 'Message histories: appending and counting after each; ours, array copy, immer, mutative'

interface PlainMessage {
  readonly role: 'user'
  readonly raw: string
}

type History = readonly PlainMessage[]
type Append = (history: History, message: PlainMessage) => History

const text = 'What is the weather like in Berlin tomorrow?'
const tokenCounter = createEstimator()

const peers: Readonly<Record<string, Append>> = {
  'array copy': (history, message) => [...history, message],
  immer: produce((history: PlainMessage[], message: PlainMessage) => {
    history.push(message)
  }),
  mutative: (history, message) =>
    create(history, (draft) => {
      draft.push(message)
    }),
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const sizes = quick ? [125, 500] : [2500, 10_000]
  const options = quick ? { samples: 3, sampleTime: 1 } : { samples: 3 }
  const tables: Table[] = []
  for (const [what, count] of [
    ['Append', false],
    ['Append and count after each', true],
  ] as const) {
    const columns: Measurement[][] = []
    for (const size of sizes) columns.push(await measure(candidates(size, count), options))
    tables.push(tabulate(what, sizes, columns))
  }
  return tables
}

function candidates(size: number, count: boolean): Record<string, () => unknown> {
  const own = (): number => {
    let context = createContext({ tokenCounter })
    let tokens = 0
    for (let index = 0; index < size; index++) {
      context = context.user(text)
      if (count) tokens = context.tokenCount()
    }
    return tokens + context.length
  }
  const others = Object.entries(peers).map(([name, append]): [string, () => number] => [
    name,
    () => {
      let history: History = []
      let tokens = 0
      for (let index = 0; index < size; index++) {
        history = append(history, { role: 'user', raw: text })
        // What a caller would do who keeps a running total: the text is counted once, as ours is.
        if (count) tokens += tokenCounter.count(history.at(-1)?.raw ?? '')
      }
      return tokens + history.length
    },
  ])
  return { '@empire/context': own, ...Object.fromEntries(others) }
}

function tabulate(what: string, sizes: readonly number[], columns: readonly Measurement[][]): Table {
  const [small = [], large = []] = columns
  return {
    title: `${what}, ms per history`,
    columns: ['', ...sizes.map((size) => size.toLocaleString('en-US')), 'growth', 'to ours'],
    rows: large.map(({ name, median, ratio }, row) => {
      const before = small[row]?.median ?? Number.NaN
      return [name, before, median, median / before, ratio]
    }),
    notes: ['Growth, for four times the messages: 4 is linear, 16 is quadratic.'],
  }
}
