import { type Context, createContext } from '@empire/context'
import { measure, type Measurement } from '@empire/test-support/measure'
import { createEstimator } from '@empire/tokens'
import { produce } from 'immer'
import { create } from 'mutative'
import type { Table } from './table.ts'

export const description =
  'Message histories: appending, counting after each, forking at each message; ours, array copy, immer, mutative'

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

interface Workload {
  readonly title: string
  own(size: number): number
  peer(size: number, append: Append): number
}

/** Each gives a number that depends on all that was done. */
const workloads: readonly Workload[] = [
  {
    title: 'Append',
    own: (size) => ownHistory(size).length,
    peer: (size, append) => peerHistory(size, append).history.length,
  },
  {
    title: 'Append and count after each',
    own: (size) => ownHistory(size, (context) => void context.tokenCount()).tokenCount(),
    peer: (size, append) => peerHistory(size, append, true).totals.at(-1) ?? 0,
  },
  {
    title: 'Fork at each message, append and count',
    own(size) {
      const context = ownHistory(size)
      let tokens = 0
      for (let index = 0; index < size; index++) tokens += context.slice(0, index).user(text).tokenCount()
      return tokens
    },
    peer(size, append) {
      const { history, totals } = peerHistory(size, append, true)
      let tokens = 0
      for (let index = 0; index < size; index++) {
        const fork = append(history.slice(0, index), { role: 'user', raw: text })
        tokens += (totals[index - 1] ?? 0) + tokenCounter.count(fork.at(-1)?.raw ?? '')
      }
      return tokens
    },
  },
]

function ownHistory(size: number, each?: (context: Context) => void): Context {
  let context = createContext({ tokenCounter })
  for (let index = 0; index < size; index++) {
    context = context.user(text)
    each?.(context)
  }
  return context
}

/** What a caller would do who keeps running totals: each text is counted once, as ours is. */
function peerHistory(size: number, append: Append, count = false): { history: History; totals: number[] } {
  let history: History = []
  const totals: number[] = []
  for (let index = 0; index < size; index++) {
    history = append(history, { role: 'user', raw: text })
    if (count) totals.push((totals.at(-1) ?? 0) + tokenCounter.count(history.at(-1)?.raw ?? ''))
  }
  return { history, totals }
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const sizes = quick ? [125, 500] : [2500, 10_000]
  const options = quick ? { samples: 3, sampleTime: 1 } : { samples: 3 }
  const tables: Table[] = []
  for (const workload of workloads) {
    const columns: Measurement[][] = []
    for (const size of sizes) columns.push(await measure(candidates(workload, size), options))
    tables.push(tabulate(workload.title, sizes, columns))
  }
  return tables
}

function candidates({ own, peer }: Workload, size: number): Record<string, () => unknown> {
  const others = Object.entries(peers).map(([name, append]) => [name, () => peer(size, append)] as const)
  return { '@empire/context': () => own(size), ...Object.fromEntries(others) }
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
