import { createCache } from '@empire/cache'
import { measure } from '@empire/test-support/measure'
import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import { Cacheable } from 'cacheable'
import { LRUCache } from 'lru-cache'
import type { Table } from './table.ts'

export const description = 'What a hit in memory costs, and how often a thousand callers at once load.'

const ttl = 600_000
const keys = Array.from({ length: 8_000 }, (_, index) => `key ${index}`)
const callers = 1_000

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const options = { samples: quick ? 3 : 31, sampleTime: quick ? 1 : 5 }
  return [await gets(options), await getOrSets(options), await stampede()]
}

interface SampleOptions {
  readonly samples: number
  readonly sampleTime: number
}

async function load(): Promise<number> {
  return 1
}

/** Each peer with the same limits, filled with the same keys. */
async function fill() {
  const map = new Map<string, number>()
  const lru = new LRUCache<string, number>({ max: 10_000, ttl, fetchMethod: load })
  const bento = new BentoCache({
    default: 'memory',
    stores: { memory: bentostore().useL1Layer(memoryDriver({ maxItems: 10_000, serialize: false })) },
    ttl,
  })
  const cacheable = new Cacheable({ ttl })
  const cache = createCache<number>({ memory: { entries: 10_000 }, ttl })
  for (const key of keys) {
    map.set(key, 1)
    lru.set(key, 1)
    await bento.set({ key, value: 1 })
    await cacheable.set(key, 1)
    await cache.set(key, 1)
  }
  return { map, lru, bento, cacheable, cache }
}

/** The keys in turn, for ever. */
function createTurn(): () => string {
  let index = 0
  return () => {
    index = (index + 1) % keys.length
    return keys[index] ?? ''
  }
}

async function gets(options: SampleOptions): Promise<Table> {
  const { map, lru, bento, cacheable, cache } = await fill()
  const next = createTurn()
  const called = await measure(
    {
      'lru-cache': () => lru.get(next()),
      Map: () => map.get(next()),
      // Not awaited here, as nothing is: the promise that an entry keeps is handed out.
      '@empire/cache': () => ({ found: cache.get(next()) }),
    },
    options,
  )
  const awaited = await measure(
    {
      'lru-cache': async () => lru.get(next()),
      Map: async () => map.get(next()),
      '@empire/cache': () => cache.get(next()),
      bentocache: () => bento.get({ key: next() }),
      cacheable: () => cacheable.get(next()),
    },
    options,
  )
  return toTable('get, a hit in memory, ns', { called, awaited })
}

async function getOrSets(options: SampleOptions): Promise<Table> {
  const { lru, bento, cacheable, cache } = await fill()
  const next = createTurn()
  const awaited = await measure(
    {
      'lru-cache.fetch': () => lru.fetch(next()),
      '@empire/cache': () => cache.getOrSet(next(), load),
      '@empire/cache, with options': () => cache.getOrSet(next(), load, { ttl, tags: ['tag'] }),
      bentocache: () => bento.getOrSet({ key: next(), factory: load }),
      cacheable: () => cacheable.getOrSet(next(), load),
    },
    options,
  )
  return toTable('getOrSet, a hit in memory, ns', { awaited })
}

/** How often a load runs when many ask for a key that is not there. */
async function stampede(): Promise<Table> {
  const { lru, bento, cacheable, cache } = await fill()
  let loads = 0
  const slow = async (): Promise<number> => {
    loads++
    await new Promise((resolve) => setTimeout(resolve, 5))
    return 1
  }
  const slowLru = new LRUCache<string, number>({ max: lru.max, fetchMethod: slow })
  const asks: Record<string, () => unknown> = {
    'lru-cache.fetch': () => slowLru.fetch('cold'),
    '@empire/cache': () => cache.getOrSet('cold', slow),
    bentocache: () => bento.getOrSet({ key: 'cold', factory: slow }),
    cacheable: () => cacheable.getOrSet('cold', slow),
  }
  const rows: [string, number][] = []
  for (const [name, ask] of Object.entries(asks)) {
    loads = 0
    await Promise.all(Array.from({ length: callers }, ask))
    rows.push([name, loads])
  }
  return { title: `Loads for ${callers} callers at once`, columns: ['', 'loads'], rows }
}

function toTable(title: string, results: Readonly<Record<string, Awaited<ReturnType<typeof measure>>>>): Table {
  const names = new Set(Object.values(results).flatMap((measured) => measured.map(({ name }) => name)))
  const columns = Object.values(results)
  return {
    title,
    columns: ['', ...Object.keys(results)],
    rows: [...names].map((name) => [
      name,
      ...columns.map((measured) => (measured.find((one) => one.name === name)?.median ?? Number.NaN) * 1e6),
    ]),
  }
}
