import { deepEqual, equal, rejects } from 'node:assert/strict'
import { EmpireError } from '@empire/errors'
import type { BusCase, CreateCase } from './bus-case.ts'

/** What a bus refuses. */
export function refusalCases(createCase: CreateCase): BusCase[] {
  return [
    createCase('refuses payloads that JSON cannot carry', async ({ bus }) => {
      const circle: Record<string, unknown> = {}
      circle['self'] = circle
      const refused = [undefined, Number.NaN, Infinity, 1n, Symbol('s'), () => {}, new Date(0), new Map(), circle]
      for (const payload of refused) {
        await rejects(bus.publish('data', payload), TypeError)
        await rejects(bus.publish('data', { list: [payload] }), TypeError)
      }
    }),

    createCase('refuses what is no topic, listener or limit', async ({ bus }) => {
      for (const topic of [undefined, null, '', 3, ['a'], '\uD800']) {
        await rejects(bus.publish(topic as string, 1), TypeError)
        await rejects(
          bus.subscribe(topic as string, () => {}),
          TypeError,
        )
      }
      await rejects(bus.subscribe('a', undefined as never), TypeError)
      await rejects(
        bus.subscribe('a', () => {}, { onGap: 'tell me' as never }),
        TypeError,
      )
      for (const limit of [0, -1, 1.5, Number.NaN, '3' as never]) {
        await rejects(
          bus.subscribe('a', () => {}, { limit }),
          TypeError,
        )
      }
    }),

    createCase(
      'does nothing for an aborted signal, and rejects with its reason',
      async ({ bus, peer, listen, passMarker }) => {
        const { heard } = await listen(peer, 'news')
        const reason = { left: true }
        const signal = AbortSignal.abort(reason)
        await rejects(bus.publish('news', 1, { signal }), (error) => error === reason)
        const rejected = bus.subscribe('news', () => heard.push('aborted') as never, { signal })
        await rejects(rejected, (error) => error === reason)
        await bus.publish('news', 2)
        await passMarker()
        deepEqual(heard, [2])
      },
    ),

    createCase('is deaf and refuses use once it is closed', async ({ bus, listen }) => {
      const { heard, subscription } = await listen(bus, 'news')
      const published = bus.publish('news', 1)
      await Promise.all([bus.close(), bus.close(), published.catch(ignoreClosed)])
      const heardAtClose = heard.length
      await rejects(bus.publish('news', 2), isClosedError)
      await rejects(
        bus.subscribe('news', () => {}),
        isClosedError,
      )
      await subscription.unsubscribe()
      await bus.close()
      equal(heard.length, heardAtClose)
    }),
  ]
}

function isClosedError(error: unknown): boolean {
  return EmpireError.isInstance(error) && error.code === 'bus_closed'
}

function ignoreClosed(error: unknown): void {
  if (!isClosedError(error)) throw error
}
