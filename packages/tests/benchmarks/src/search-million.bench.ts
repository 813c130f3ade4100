import { median } from '@empire/test-support/measure'
import { createIndex } from '@empire/search'
import { createCorpus, createQueries } from './corpus.ts'
import type { Table } from './table.ts'

export const description = 'A million short documents in memory: index, query and memory as they grow.'

const batch = 10_000
const modes = ['any', 'all', 'phrase', 'prefix'] as const

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const steps = quick ? [2000, 4000] : [125_000, 250_000, 500_000, 1_000_000]
  const before = usedMegabytes()
  const fields = { text: { type: 'text', stored: false }, tag: { type: 'keyword' }, year: { type: 'number' } } as const
  const index = createIndex({ fields })
  const rows: (string | number)[][] = []
  let count = 0
  let seconds = 0
  for (const step of steps) {
    while (count < step) {
      const documents = createShort(count, Math.min(batch, step - count))
      const start = performance.now()
      await index.add(documents)
      seconds += (performance.now() - start) / 1000
      count += documents.length
    }
    const megabytes = usedMegabytes() - before
    const times: number[] = []
    for (const mode of modes) times.push(await time((match) => index.search({ query: { match, mode } }), quick))
    times.push(
      await time(
        (query) =>
          index.search({ query, filter: { and: [{ term: { tag: 't7' } }, { range: { year: { gte: 2000 } } }] } }),
        quick,
      ),
    )
    const { terms = Number.NaN } = await index.statistics()
    rows.push([count.toLocaleString('en-US'), seconds, megabytes, (megabytes * 1e6) / count, terms, ...times])
  }
  return [
    {
      title: 'Documents of about 60 characters, with a keyword and a number',
      columns: [
        'documents',
        'index, s',
        'MB',
        'bytes each',
        'terms',
        ...modes.map((mode) => `${mode}, ms`),
        'filtered, ms',
      ],
      rows,
      notes: ['Median of queries of two words. Memory is heap and typed arrays, the texts not kept.'],
    },
  ]
}

/** Sentences of longer documents, made a batch at a time so that they are not kept. */
function createShort(from: number, count: number): { id: string; text: string; tag: string; year: number }[] {
  const texts = createCorpus(Math.ceil(count / 8), from + 1).flatMap(({ text }) => text.match(/.{1,60}(?: |$)/g) ?? [])
  return Array.from({ length: count }, (_, at) => ({
    id: `d${from + at}`,
    text: texts[at % texts.length] as string,
    tag: `t${(from + at) % 50}`,
    year: 1950 + ((from + at) % 75),
  }))
}

async function time(search: (query: string) => Promise<unknown>, quick: boolean): Promise<number> {
  const times: number[] = []
  for (const query of createQueries(quick ? 5 : 60, 2, 3)) {
    const start = performance.now()
    await search(query)
    times.push(performance.now() - start)
  }
  return median(times)
}

function usedMegabytes(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
