import { setImmediate } from 'node:timers/promises'
import type { Bus, Listener, SubscribeOptions } from '@empire/bus'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cache } from './cache.ts'
import type { Clock } from './clock.ts'
import { createCache } from './create-cache.ts'
import type { CacheEvents, CacheInvalidation } from './invalidation.ts'

/** A clock on which nothing ever ends: what the order of events leads to is all that counts here. */
const still: Clock = { now: () => 0, sleep: () => new Promise(() => {}) }

const cells = ['a', 'b', 'c'] as const
type Cell = (typeof cells)[number]
/** For each cell the number of times it had been changed when it was read. */
type Versions = Partial<Record<Cell, number>>

/** `a` is derived from `b`, and `b` from `c`. */
const dependsOn: Readonly<Record<Cell, readonly Cell[]>> = { a: ['b'], b: ['c'], c: [] }

/** A store that does and answers everything at a time that the scheduler chooses. */
function createSlowStore(scheduler: fc.Scheduler) {
  const map = new Map<string, unknown>()
  const later = async <Result>(run: () => Result): Promise<Result> => {
    await scheduler.schedule(Promise.resolve())
    const result = run()
    await scheduler.schedule(Promise.resolve())
    return result
  }
  return {
    get: async (key: string) => later(() => map.get(key)),
    set: async (key: string, value: unknown) => later(() => map.set(key, value)),
    delete: async (key: string) => later(() => map.delete(key)),
    has: async (key: string) => later(() => map.has(key)),
    clear: async () => later(() => map.clear()),
  }
}

interface Ear {
  hear: (message: CacheInvalidation) => void
  gap: () => void
  isDeaf: boolean
}

/** A bus that delivers each message to each subscriber in order, at times that the scheduler chooses, unless it loses it. */
function createSlowBus(scheduler: fc.Scheduler) {
  const ears: Ear[] = []
  const published: CacheInvalidation[] = []
  return {
    ears,
    connect(onHeard: (message: CacheInvalidation) => void): Bus<CacheEvents> {
      let last = Promise.resolve()
      const enqueue = (run: () => void): void => {
        last = last.then(() => scheduler.schedule(Promise.resolve())).then(run)
      }
      return {
        async publish(_topic: string, message: CacheInvalidation) {
          published.push(message)
          for (const ear of ears) ear.hear(message)
        },
        async subscribe(_topic: string, listener: Listener<CacheInvalidation>, options: SubscribeOptions = {}) {
          const ear: Ear = {
            isDeaf: false,
            hear(message) {
              if (ear.isDeaf) return
              enqueue(() => {
                void listener(message)
                onHeard(message)
              })
            },
            gap() {
              const missed = [...published]
              enqueue(() => {
                void options.onGap?.({ topic: 'any', reason: 'reconnected' })
                for (const message of missed) onHeard(message)
              })
            },
          }
          ears.push(ear)
          return { topic: 'any', unsubscribe: async () => {} }
        },
        close: async () => {},
      } as Bus<CacheEvents>
    },
  }
}

const kinds = ['read', 'read', 'read', 'get', 'key', 'tag', 'deafen', 'hear'] as const

/** What happens in which process, and how many steps everything may then go on before the next thing does. */
const action = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(1),
  cell: fc.constantFrom(...cells),
  steps: fc.nat(25),
})

describe('a read', () => {
  it.each([
    { title: 'in one process', hasStore: false, entries: 100 },
    { title: 'in one process with room for one entry', hasStore: false, entries: 1 },
    { title: 'in two processes', hasStore: true, entries: 100 },
    { title: 'in two processes with room for one entry each', hasStore: true, entries: 1 },
  ])('$title gives nothing that an invalidation has ended which the process knew of', async ({ hasStore, entries }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(action, { minLength: 1, maxLength: 14 }),
        async (scheduler, actions) => {
          const source: Record<Cell, number> = { a: 0, b: 0, c: 0 }
          const known: Record<Cell, number>[] = [{ ...source }, { ...source }]
          // What a message is about is what its publisher knew when it began to invalidate, or more.
          const about = new Map<string, number>()
          const store = createSlowStore(scheduler)
          const bus = createSlowBus(scheduler)
          const caches = known.map((knowledge) =>
            createCache<Versions>({
              memory: { entries },
              clock: still,
              ...(hasStore && { store }),
              ...(hasStore && {
                bus: bus.connect(({ labels }) => {
                  for (const label of labels) {
                    const cell = label.slice(1) as Cell
                    knowledge[cell] = Math.max(knowledge[cell], about.get(label) ?? 0)
                  }
                }),
              }),
            }),
          )
          const load = async (cache: Cache<Versions>, cell: Cell): Promise<Versions> =>
            cache.getOrSet(
              cell,
              async () => {
                await scheduler.schedule(Promise.resolve())
                const own = { [cell]: source[cell] }
                await scheduler.schedule(Promise.resolve())
                const below = await Promise.all(dependsOn[cell].map((inner) => load(cache, inner)))
                await scheduler.schedule(Promise.resolve())
                return Object.assign(own, ...below) as Versions
              },
              { tags: [cell], dependsOn: dependsOn[cell] },
            )

          async function read(place: number, cell: Cell, kind: 'read' | 'get'): Promise<void> {
            const cache = caches[place] as Cache<Versions>
            const least = { ...known[place] } as Record<Cell, number>
            const versions = kind === 'read' ? await load(cache, cell) : await cache.get(cell)
            for (const [name, version] of Object.entries(versions ?? {})) {
              expect(version, `${name} in ${cell}`).toBeGreaterThanOrEqual(least[name as Cell])
            }
          }

          async function invalidate(place: number, cell: Cell, kind: 'key' | 'tag'): Promise<void> {
            source[cell]++
            for (const label of kind === 'key' ? [`k${cell}`, `d${cell}`] : [`t${cell}`, `d${cell}`]) {
              about.set(label, source[cell])
            }
            ;(known[place] as Record<Cell, number>)[cell] = source[cell]
            await caches[place]?.invalidate(kind === 'key' ? { key: cell } : { tag: cell, dependency: cell })
          }

          async function perform(kind: (typeof kinds)[number], place: number, cell: Cell): Promise<void> {
            if (kind === 'read' || kind === 'get') return read(place, cell, kind)
            if (kind === 'key' || kind === 'tag') return invalidate(place, cell, kind)
            const ear = bus.ears[place]
            if (ear === undefined) return
            ear.isDeaf = kind === 'deafen'
            if (kind === 'hear') ear.gap()
          }

          const done: Promise<void>[] = []
          for (const { kind, at, cell, steps } of actions) {
            const part = perform(kind, hasStore ? at : 0, cell)
            part.catch(() => {})
            done.push(part)
            for (let step = 0; step < steps; step++) {
              // Between two steps of the scheduler whatever promises have led to runs to its end.
              await setImmediate()
              if (scheduler.count() === 0) break
              await scheduler.waitOne()
            }
          }
          await scheduler.waitFor(Promise.all(done))
          // Whatever is still kept now must be right.
          const places = hasStore ? [0, 1] : [0]
          for (const place of places) {
            for (const cell of cells) await scheduler.waitFor(read(place, cell, 'get'))
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
