import { createSupervisor, type Child, printTree } from '@empire/lifecycle'
import { createBreaker, createLimiter, createRetryBudget, retry, withTimeout } from '@empire/resilience'
import { createManualClock } from '@empire/test-support'
import { failureOf, foreignFailure, key, type Writer } from './writer.ts'

export const resilienceAndLifecycleWriters: readonly Writer[] = [
  {
    name: 'resilience: a breaker that has opened',
    secret: key,
    async write(secret) {
      const breaker = createBreaker({ name: 'planted', minimumCalls: 1, failureRate: 0.1 })
      // What a task throws is given to its caller as it is.
      await failureOf(breaker.run(() => Promise.reject(foreignFailure(secret))))
      const nameless = createBreaker({ minimumCalls: 1, failureRate: 0.1 })
      await failureOf(nameless.run(() => Promise.reject(foreignFailure(secret))))
      return [await failureOf(breaker.run(() => 1)), await failureOf(nameless.run(() => 1)), nameless, breaker.state]
    },
  },
  {
    name: 'resilience: limiter, timeout, and a retry whose budget is spent',
    secret: key,
    async write(secret) {
      const clock = createManualClock()
      const limiter = createLimiter({ concurrency: 1, tokens: { limit: 5, interval: 1_000 }, clock })
      await failureOf(limiter.run(() => Promise.reject(foreignFailure(secret))))
      const budget = createRetryBudget({ retries: 1 })
      const task = () => Promise.reject(foreignFailure(secret))
      const retried = failureOf(retry(task, { attempts: 2, budget, clock }))
      await clock.advance(60_000)
      await retried
      const late = failureOf(withTimeout(() => new Promise(() => {}), 10, { clock }))
      await clock.advance(10)
      return [await failureOf(limiter.reserve({ tokens: 9 })), limiter, budget, await late]
    },
  },
  {
    name: 'lifecycle: children that fail, in the tree, the health and the errors',
    secret: key,
    async write(secret) {
      const clock = createManualClock()
      const written: unknown[] = []
      const lives: PromiseWithResolvers<void>[] = []
      const failing: Child = { name: 'failing', start: () => Promise.reject(foreignFailure(secret)) }
      const dying: Child = {
        name: 'dying',
        start() {
          const life = Promise.withResolvers<void>()
          lives.push(life)
          return { ended: life.promise }
        },
        stop: () => Promise.reject(foreignFailure(secret)),
        health: () => Promise.reject(foreignFailure(secret)),
      }
      const never: Child = { name: 'never', start: () => new Promise(() => {}) }
      const settings = { clock, startTimeout: 10, stopTimeout: 10, forceTimeout: 10 }
      const first = createSupervisor({ ...settings, name: 'first', children: [dying, failing] })
      const started = failureOf(first.start())
      const slow = createSupervisor({ ...settings, name: 'slow', children: [never] })
      const slowly = failureOf(slow.start())
      await clock.advance(1_000)
      written.push(await started, await slowly, first, first.tree(), String(first), printTree(first.tree()))

      const second = createSupervisor({
        ...settings,
        name: 'second',
        budget: { limit: 1, within: 60_000 },
        children: [dying],
      })
      const { ended } = await second.start()
      const over = failureOf(ended)
      const health = await second.health()
      for (const _ of [1, 2]) {
        lives.at(-1)?.reject(foreignFailure(secret))
        await clock.advance(1_000)
      }
      written.push(await over, second, second.tree(), String(second), health)
      return written
    },
  },
]
