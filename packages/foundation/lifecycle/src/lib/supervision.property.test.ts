import { createManualClock } from '@empire/test-support/clock'
import { createRandom } from '@empire/test-support'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Child } from './child.ts'
import { createSupervisor } from './create-supervisor.ts'
import type { Strategy } from './supervision.ts'

/** Children that check for themselves that they are started and stopped as promised. */
function createWitness() {
  const alive = new Map<string, PromiseWithResolvers<void>>()
  const log: string[] = []
  const faults: string[] = []

  function child(name: string, needs: readonly string[] = []): Child {
    return {
      name,
      needs,
      start() {
        log.push(`+${name}`)
        if (alive.has(name)) faults.push(`${name} was started beside itself`)
        for (const need of needs) if (!alive.has(need)) faults.push(`${name} was started without ${need}`)
        const life = Promise.withResolvers<void>()
        alive.set(name, life)
        return { ended: life.promise }
      },
      stop() {
        log.push(`-${name}`)
        if (!alive.has(name)) faults.push(`${name} was stopped twice`)
        alive.get(name)?.resolve()
        alive.delete(name)
      },
    }
  }

  return { alive, log, faults, child, kill: (name: string) => alive.get(name)?.reject(new Error('killed')) }
}

/** Each child needs some of those with a lesser number. They are declared in another order. */
const families = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { minLength: 1, maxLength: 8 })
  .map((rows) =>
    rows.map((row, place) => ({
      name: `c${place}`,
      needs: [...new Set(row.filter((need) => need < place))].map((need) => `c${need}`),
    })),
  )
  .chain((family) => fc.shuffledSubarray(family, { minLength: family.length }))

const strategies = fc.constantFrom<Strategy>('one-for-one', 'rest-for-one', 'one-for-all')

describe('supervision order', () => {
  it('holds for all needs, strategies and failures', async () => {
    await fc.assert(
      fc.asyncProperty(families, strategies, fc.array(fc.nat(), { maxLength: 6 }), async (family, strategy, kills) => {
        const clock = createManualClock()
        const { alive, log, faults, child, kill } = createWitness()
        const supervisor = createSupervisor({
          name: 'app',
          strategy,
          clock,
          budget: { limit: Infinity, within: 60_000 },
          children: family.map(({ name, needs }) => child(name, needs)),
        })
        await supervisor.start()
        const order = log.map((entry) => entry.slice(1))
        expect(order.toSorted()).toEqual(family.map(({ name }) => name).toSorted())
        expect(order).toEqual(supervisor.tree().children?.map(({ name }) => name))

        for (const number of kills) {
          log.length = 0
          const place = number % order.length
          kill(order[place] as string)
          await clock.advance(5_000)
          const affected =
            strategy === 'one-for-one' ? [order[place]] : strategy === 'one-for-all' ? order : order.slice(place)
          expect(log).toEqual([
            ...affected.toReversed().map((name) => `-${name}`),
            ...affected.map((name) => `+${name}`),
          ])
        }

        log.length = 0
        await supervisor.stop()
        expect(log).toEqual(order.toReversed().map((name) => `-${name}`))
        expect([...alive.keys()]).toEqual([])
        expect(faults).toEqual([])
        expect(clock.waiting).toBe(0)
      }),
      { numRuns: 100 },
    )
  })

  it.each(['1', '2', '3', '4', '5'])(
    'holds through a minute in which children are killed at random, with seed %s',
    async (seed) => {
      const random = createRandom(seed)
      const clock = createManualClock()
      const { alive, faults, child, kill } = createWitness()
      const branch = (name: string, strategy: Strategy, needs: readonly string[] = []) =>
        createSupervisor({
          name,
          strategy,
          needs,
          clock,
          // Small, so that branches give up, and are started again as a whole.
          budget: { limit: 3, within: 2_000 },
          backoff: { initial: 10, most: 100 },
          children: [0, 1, 2].map((place) => child(`${name}${place}`, place === 0 ? [] : [`${name}${place - 1}`])),
        })
      let restarts = 0
      const root = createSupervisor({
        name: 'app',
        strategy: 'rest-for-one',
        clock,
        budget: { limit: Infinity, within: 60_000 },
        backoff: { initial: 10, most: 50 },
        children: [branch('a', 'one-for-all'), branch('b', 'rest-for-one'), branch('c', 'one-for-one', ['a'])],
        onEvent: ({ type }) => (restarts += type === 'child-started' ? 1 : 0),
      })
      await root.start()
      while (clock.now() < 60_000) {
        if (alive.size > 0) kill(random.pick([...alive.keys()]))
        // Some kills at once, some during pauses, some long apart.
        await clock.advance(random.pick([0, 1, 15, 100, 2_500]))
      }
      expect(restarts).toBeGreaterThan(3)
      await clock.advance(10_000)
      expect(root.isReady).toBe(true)
      expect(alive.size).toBe(9)
      await root.stop()
      expect([...alive.keys()]).toEqual([])
      expect(faults).toEqual([])
      expect(clock.waiting).toBe(0)
    },
  )
})
