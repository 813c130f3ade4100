import { createProxy, startRedis } from '@empire/test-support/services'
import { createRandom } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createRedisBus } from './create-redis-bus.ts'

const seeds = Array.from({ length: 5 }, (_, index) => `bus-redis ${index}`)

describe('createRedisBus, whose Redis and connections are broken at random', () => {
  it.each(seeds)('loses no message without a gap, repeats none, and keeps their order: %s', async (seed) => {
    const random = createRandom(seed)
    await using server = await startRedis()
    await using there = await createProxy(server.url)
    await using here = await createProxy(server.url)
    const publisher = createRedisBus<{ count: number }>({ url: there.url, timeout: 2_000 })
    const subscriber = createRedisBus<{ count: number }>({ url: here.url, timeout: 2_000 })
    const heard: (number | 'gap')[] = []
    await subscriber.subscribe('count', (number) => void heard.push(number), { onGap: () => void heard.push('gap') })

    const faults = {
      cutPublisher: () => cut(there),
      cutSubscriber: () => cut(here),
      async restart() {
        await server.stop('SIGKILL')
        await server.start()
      },
      async freeze() {
        here.freeze()
        here.thaw()
      },
    }
    const sent = new Set<number>()
    const doubtful = new Set<number>()
    for (let number = 0; number < 600; number++) {
      const published = publisher.publish('count', number).then(
        () => sent.add(number),
        () => doubtful.add(number),
      )
      if (random.boolean(0.04)) await random.pick(Object.values(faults))()
      if (random.boolean(0.3)) await published
    }
    // Until a message has come through at the end.
    for (let last = 600; !heard.includes(last - 1) || last === 600; last++) {
      await publisher.publish('count', last).then(
        () => sent.add(last),
        () => doubtful.add(last),
      )
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await Promise.all([publisher.close(), subscriber.close()])

    let next = 0
    let wasTold = false
    const faulty: unknown[] = []
    for (const item of heard) {
      if (item === 'gap') wasTold = true
      else {
        const missed = Array.from({ length: Math.max(0, item - next) }, (_, index) => next + index).filter((each) =>
          sent.has(each),
        )
        const isKnown = sent.has(item) || doubtful.has(item)
        if (item < next || !isKnown || (missed.length > 0 && !wasTold)) faulty.push({ item, next, missed })
        next = item + 1
        wasTold = false
      }
    }
    expect(faulty).toEqual([])
    expect(heard).toContain('gap')
  })
})

async function cut(proxy: { cut(): void; restore(): void }): Promise<void> {
  proxy.cut()
  proxy.restore()
}
