import { setImmediate } from 'node:timers/promises'
import type { Bus, Listener, SubscribeOptions } from '@empire/bus'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cache } from './cache.ts'
import type { Clock } from '@empire/clock'
import { createCache } from './create-cache.ts'
import type { CacheEvents, CacheInvalidation } from './invalidation.ts'

/** A clock that only goes on: no wait ever ends, since the order of events is all that counts here. */
function createClock(): Clock {
  let now = 0
  return { now: () => now++, sleep: () => new Promise(() => {}) }
}

const cells = ['a', 'b', 'c'] as const
type Cell = (typeof cells)[number]
/** For each cell the number of times it had been changed when it was read. */
type Versions = Partial<Record<Cell, number>>

/** `a` is derived from `b`, and `b` from `c`. */
const dependsOn: Readonly<Record<Cell, readonly Cell[]>> = { a: ['b'], b: ['c'], c: [] }

/** A cell, and all that it is derived from. */
function below(cell: Cell): Cell[] {
  return [cell, ...dependsOn[cell].flatMap(below)]
}

/** A store that does and answers everything at a time that the scheduler chooses, or fails. */
function createSlowStore(scheduler: fc.Scheduler) {
  const map = new Map<string, unknown>()
  const state = { isDown: false }
  const later = async <Result>(run: () => Result): Promise<Result> => {
    await scheduler.schedule(Promise.resolve())
    if (state.isDown) throw new Error('The store is down.')
    const result = run()
    await scheduler.schedule(Promise.resolve())
    if (state.isDown) throw new Error('The store is down, and nobody knows what it has done.')
    return result
  }
  return {
    state,
    get: async (key: string) => later(() => map.get(key)),
    set: async (key: string, value: unknown) => later(() => map.set(key, value)),
    delete: async (key: string) => later(() => map.delete(key)),
    has: async (key: string) => later(() => map.has(key)),
    clear: async () => later(() => map.clear()),
  }
}

/** For each label of a message the version from which on a reader must be once it has heard it. */
type Meaning = ReadonlyMap<string, number>

interface Ear {
  hear: (message: CacheInvalidation, meaning: Meaning) => void
  gap: () => void
  isDeaf: boolean
}

/** A bus that delivers each message to each subscriber in order, at times that the scheduler chooses, unless it loses it. */
function createSlowBus(scheduler: fc.Scheduler, about: ReadonlyMap<string, number>) {
  const ears: Ear[] = []
  const published: Meaning[] = []
  return {
    ears,
    connect(onHeard: (meaning: Meaning) => void): Bus<CacheEvents> {
      let last = Promise.resolve()
      const enqueue = (run: () => void): void => {
        last = last.then(() => scheduler.schedule(Promise.resolve())).then(run)
      }
      return {
        async publish(_topic: string, message: CacheInvalidation) {
          // What is still in the store is not known to who has only been told of a gap.
          const meaning = new Map(message.labels.map((label) => [label, about.get(label) ?? 0]))
          if (!message.isPending) published.push(meaning)
          for (const ear of ears) ear.hear(message, meaning)
        },
        async subscribe(_topic: string, listener: Listener<CacheInvalidation>, options: SubscribeOptions = {}) {
          const ear: Ear = {
            isDeaf: false,
            hear(message, meaning) {
              if (ear.isDeaf) return
              enqueue(() => {
                void listener(message)
                onHeard(meaning)
              })
            },
            gap() {
              const missed = [...published]
              enqueue(() => {
                void options.onGap?.({ topic: 'any', reason: 'reconnected' })
                for (const meaning of missed) onHeard(meaning)
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

const kinds = ['read', 'read', 'read', 'get', 'key', 'tag', 'set', 'deafen', 'hear', 'break', 'mend'] as const

/** What happens in which process, and how many steps everything may then go on before the next thing does. */
const action = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(2),
  cell: fc.constantFrom(...cells),
  steps: fc.nat(25),
  /** Instead of steps: turns of the promises alone, of which the store takes some dozens. */
  turns: fc.option(fc.nat(60), { freq: 3 }),
})

/** The long form is in cache-engine.faults.test.ts. */
const numRuns = process.env['EMPIRE_TEST_FAULTS'] === '1' ? 15_000 : 200

describe('a read', () => {
  it.each([
    { title: 'in one process', processes: 1, entries: 100 },
    { title: 'in one process with room for one entry', processes: 1, entries: 1 },
    { title: 'in two processes', processes: 2, entries: 100 },
    { title: 'in two processes with room for one entry each', processes: 2, entries: 1 },
    { title: 'in three processes', processes: 3, entries: 100 },
  ])(
    '$title gives nothing that an invalidation has ended which the process knew of',
    async ({ processes, entries }) => {
      const hasStore = processes > 1
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.array(action, { minLength: 1, maxLength: 14 }),
          async (scheduler, actions) => {
            const source: Record<Cell, number> = { a: 0, b: 0, c: 0 }
            const known: Record<Cell, number>[] = Array.from({ length: processes }, () => ({ ...source }))
            // The version to which each label was invalidated last.
            const about = new Map<string, number>()
            const setting = known.map(() => 0)
            const store = createSlowStore(scheduler)
            const bus = createSlowBus(scheduler, about)
            const caches = known.map((knowledge) =>
              createCache<Versions>({
                memory: { entries },
                clock: createClock(),
                retryDelay: 1,
                ...(hasStore && { store }),
                ...(hasStore && {
                  bus: bus.connect((meaning) => {
                    for (const [label, version] of meaning) {
                      const cell = label.slice(1) as Cell
                      knowledge[cell] = Math.max(knowledge[cell], version)
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
                  const inner = await Promise.all(dependsOn[cell].map((name) => load(cache, name)))
                  await scheduler.schedule(Promise.resolve())
                  return Object.assign(own, ...inner) as Versions
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

            async function invalidate(place: number, cell: Cell, kind: 'key' | 'tag' | 'set'): Promise<void> {
              source[cell]++
              // A set in another process at the same time may as well come after this.
              if (setting.every((count, other) => count === 0 || other === place)) {
                for (const label of kind === 'tag' ? [`t${cell}`, `d${cell}`] : [`k${cell}`, `d${cell}`]) {
                  about.set(label, source[cell])
                }
                ;(known[place] as Record<Cell, number>)[cell] = source[cell]
              }
              const cache = caches[place] as Cache<Versions>
              if (kind === 'key') return cache.invalidate({ key: cell })
              if (kind === 'tag') return cache.invalidate({ tag: cell, dependency: cell })
              const value = Object.fromEntries(below(cell).map((name) => [name, source[name]]))
              setting[place] = (setting[place] ?? 0) + 1
              await cache.set(cell, value, { tags: [cell], dependsOn: below(cell).slice(1) })
              setting[place] = (setting[place] ?? 0) - 1
            }

            async function perform(kind: (typeof kinds)[number], place: number, cell: Cell): Promise<void> {
              if (kind === 'read' || kind === 'get') return read(place, cell, kind)
              if (kind === 'key' || kind === 'tag' || kind === 'set') return invalidate(place, cell, kind)
              if (kind === 'break' || kind === 'mend') store.state.isDown = kind === 'break'
              const ear = bus.ears[place]
              if (ear === undefined || (kind !== 'deafen' && kind !== 'hear')) return
              ear.isDeaf = kind === 'deafen'
              if (kind === 'hear') ear.gap()
            }

            const done: Promise<void>[] = []
            for (const { kind, at, cell, steps, turns } of actions) {
              const part = perform(kind, at % processes, cell)
              part.catch(() => {})
              done.push(part)
              for (let turn = 0; turn < (turns ?? 0); turn++) await Promise.resolve()
              if (turns !== null) continue
              for (let step = 0; step < steps; step++) {
                // Between two steps of the scheduler whatever promises have led to runs to its end.
                await setImmediate()
                if (scheduler.count() === 0) break
                await scheduler.waitOne()
              }
            }
            await scheduler.waitFor(Promise.all(done))
            // Whatever is still kept now must be right.
            store.state.isDown = false
            const places = known.keys()
            for (const place of places) {
              for (const cell of cells) await scheduler.waitFor(read(place, cell, 'get'))
            }
          },
        ),
        { numRuns },
      )
    },
  )
})
