import { createRandom, type Random } from '@empire/test-support'
import { createManualClock, type ManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import type { Child } from './child.ts'
import { ChildStuckError } from './child-stuck-error.ts'
import { createSupervisor } from './create-supervisor.ts'
import { printTree } from './tree.ts'

/** What is known of one leaf of the tree, whatever its supervisor believes. */
interface Leaf {
  /** Below the root: `s1/l7`. */
  readonly path: string
  readonly name: string
  readonly needs: readonly string[]
  /** Begun, and not known to have ended. */
  isRunning: boolean
  isReady: boolean
  /** How many starts have succeeded, and how many stops were called. */
  starts: number
  stops: number
}

/** A tree of children that misbehave in every way they can, and watch over each other. */
class Storm {
  readonly leaves: Leaf[] = []
  readonly faults: string[] = []
  readonly #random: Random
  readonly #clock: ManualClock

  constructor(random: Random, clock: ManualClock) {
    this.#random = random
    this.#clock = clock
  }

  /** A supervisor with leaves and, down to some depth, supervisors below it. */
  supervisor(path: readonly string[], name: string, needs: readonly string[], depth: number) {
    const { pick, integer, boolean } = this.#random
    const below = name === 'root' ? [] : [...path, name]
    const names: string[] = []
    const children: Child[] = []
    for (let count = integer(1, 4); count > 0; count--) {
      const needed = names.filter(() => boolean(0.3))
      const isBranch = depth > 0 && boolean(0.4)
      const child = isBranch
        ? this.supervisor(below, `s${this.leaves.length}-${count}`, needed, depth - 1)
        : this.leaf(below, needed)
      names.push(child.name)
      children.push(child)
    }
    return createSupervisor({
      name,
      needs,
      clock: this.#clock,
      strategy: pick(['one-for-one', 'rest-for-one', 'one-for-all'] as const),
      restart: pick(['always', 'on-failure', 'never'] as const),
      budget: { limit: pick([0, 1, 3, 20]), within: pick([10, 1_000, 60_000]) },
      backoff: { initial: pick([0, 1, 100]), most: 500 },
      startTimeout: pick([20, 100, 1_000]),
      stopTimeout: pick([0, 10, 200]),
      forceTimeout: pick([0, 10, 50]),
      children: this.#random.shuffle(children),
    })
  }

  leaf(path: readonly string[], needs: readonly string[]): Child {
    const { pick, boolean, integer } = this.#random
    const name = `l${this.leaves.length}`
    const leaf: Leaf = {
      path: [...path, name].join('/'),
      name,
      needs,
      isRunning: false,
      isReady: false,
      starts: 0,
      stops: 0,
    }
    this.leaves.push(leaf)
    // Few are deaf, and each stays what it is: most trees have to come to their end without a stuck child.
    const isDeaf = boolean(0.05)
    const hangs = boolean(0.04)

    return {
      name,
      needs,
      restart: pick(['always', 'on-failure', 'never'] as const),
      start: async (signal) => {
        if (leaf.isRunning) this.faults.push(`${leaf.path} was started beside itself`)
        const missing = this.leaves.find((other) => needs.includes(other.name) && other.starts === 0)
        if (missing !== undefined) this.faults.push(`${leaf.path} was started before ${missing.path}`)
        leaf.isRunning = true
        try {
          // Most trees have to come up before they are shaken.
          if (boolean(leaf.starts === 0 ? 0.02 : 0.2)) throw new Error('does not start')
          if (hangs && boolean(0.3)) await new Promise(() => {})
          if (boolean(0.3)) await this.#clock.sleep(integer(0, 30), boolean() ? { signal } : {})
        } catch (error) {
          leaf.isRunning = false
          throw error
        }
        leaf.starts += 1
        leaf.isReady = true
        if (boolean(0.3)) return {}
        const life = Promise.withResolvers<void>()
        signal.addEventListener('abort', () => life.resolve())
        void this.#clock.sleep(integer(0, 3_000)).then(() =>
          // oxlint-disable-next-line unicorn/no-useless-undefined -- a crash with undefined
          boolean(0.7) ? life.reject(boolean() ? undefined : new Error('crashed')) : life.resolve(),
        )
        return { ended: life.promise }
      },
      stop: async (signal) => {
        leaf.stops += 1
        if (!leaf.isRunning || !leaf.isReady) this.faults.push(`${leaf.path} was stopped without a start`)
        leaf.isReady = false
        if (isDeaf) await new Promise(() => {})
        if (boolean(0.1)) await new Promise((resolve) => onAbort(signal, resolve))
        if (boolean(0.3)) await this.#clock.sleep(integer(0, 100))
        leaf.isRunning = false
        if (boolean(0.1)) throw boolean() ? undefined : new Error('does not stop well')
      },
    }
  }
}

function onAbort(signal: AbortSignal, callback: (value?: unknown) => void): void {
  if (signal.aborted) callback()
  else signal.addEventListener('abort', callback)
}

/** One life of a random tree: it is started, left alone for a while, and stopped. */
async function weather(seed: string): Promise<{ restarts: number; stuck: number }> {
  const random = createRandom(seed)
  const clock = createManualClock()
  const storm = new Storm(random, clock)
  const root = storm.supervisor([], 'root', [], 3)
  const interrupt = new AbortController()
  const force = new AbortController()
  const starting = root.start(interrupt.signal).then(
    ({ ended }) => ended.then(undefined, (error: unknown) => error),
    (error: unknown) => error,
  )
  for (let turns = random.integer(0, 30); turns > 0; turns--) await clock.advance(random.pick([0, 1, 10, 100, 1_000]))
  expect(printTree(root.tree()).split('\n').length).toBeGreaterThan(storm.leaves.length)
  if (random.boolean(0.2)) interrupt.abort(new Error('interrupted'))
  const stopping = [root.stop(force.signal), root.stop()].map((stop) => stop.catch((error: unknown) => error))
  if (random.boolean(0.3)) {
    await clock.advance(random.integer(0, 100))
    force.abort()
  }
  const progress = { isOver: false }
  const over = Promise.all([starting, ...stopping]).finally(() => (progress.isOver = true))
  // Each leaf may take all its time to start, to stop, and to be forced, one after the other.
  for (let left = 100; left > 0 && !progress.isOver; left--) await clock.advance(storm.leaves.length * 15)
  if (!progress.isOver) storm.faults.push('the tree does not come to its end')
  else {
    const [, failure] = await over
    const stuck = failure instanceof ChildStuckError ? failure.children : []
    const running = storm.leaves.filter(({ isRunning }) => isRunning).map(({ path }) => path)
    for (const path of running.filter((one) => !stuck.includes(one))) {
      storm.faults.push(`${path} outlives its parent, and nobody says so`)
    }
    if (failure !== undefined && stuck.length === 0) storm.faults.push(`stop() rejects with ${String(failure)}`)
  }
  // What was late comes to its end, too; timers of supervisors are all gone.
  await clock.advance(1_000_000)
  if (clock.waiting > 0) storm.faults.push(`${clock.waiting} timers are left`)
  const restarts = storm.leaves.reduce((sum, { starts }) => sum + Math.max(0, starts - 1), 0)
  const late = storm.leaves.filter(({ isReady }) => isReady).map(({ path }) => `${path} was never stopped`)
  expect({ seed, faults: [...storm.faults, ...late] }).toEqual({ seed, faults: [] })
  return { restarts, stuck: storm.leaves.filter(({ isRunning }) => isRunning).length }
}

describe('many children', () => {
  it('are started again, ten thousand of them, when all fail at once', async () => {
    const clock = createManualClock()
    const lives: PromiseWithResolvers<void>[] = []
    const children = Array.from({ length: 10_000 }, (_, place): Child => ({
      name: `c${place}`,
      start() {
        const life = Promise.withResolvers<void>()
        lives[place] = life
        return { ended: life.promise }
      },
      stop: () => lives[place]?.resolve(),
    }))
    const supervisor = createSupervisor({ name: 'app', clock, budget: { limit: Infinity, within: 60_000 }, children })
    await supervisor.start()
    for (const life of lives) life.reject(new Error('crashed'))
    await clock.advance(100)
    expect(supervisor.isReady).toBe(true)
    expect(supervisor.tree().children?.every(({ restarts }) => restarts === 1)).toBe(true)
    await supervisor.stop()
  })
})

describe('a tree of children that misbehave', () => {
  it('comes to its end, leaves nobody behind unnamed, and starts nobody beside itself: 2,000 seeds', async () => {
    let restarts = 0
    let stuck = 0
    for (let seed = 0; seed < 2_000; seed++) {
      const result = await weather(String(seed))
      restarts += result.restarts
      stuck += result.stuck
    }
    // The storm was one.
    expect(restarts).toBeGreaterThan(1_000)
    expect(stuck).toBeGreaterThan(100)
  })
})
