import { describe, expect, it } from 'vitest'
import { busCases } from '../conformance.ts'
import { createBus } from './create-bus.ts'
import { BusClosedError } from './bus-closed-error.ts'
import type { BusOptions } from './subscribers.ts'

function connect() {
  const bus = createBus()
  return [bus, bus] as const
}

describe('createBus', () => {
  it.each(busCases({ connect }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it('has called idle listeners when an awaited publish goes on', async () => {
    const bus = createBus<{ greeted: { name: string } }>()
    const heard: string[] = []
    await bus.subscribe('greeted', ({ name }) => void heard.push(name))
    await bus.publish('greeted', { name: 'Ada' })
    expect(heard).toEqual(['Ada'])
  })

  it('lets a listener that publishes be overtaken nowhere', async () => {
    const bus = createBus<{ count: number }>()
    const heard: string[] = []
    await bus.subscribe('count', async (number) => {
      heard.push(`first ${number}`)
      if (number === 1) await bus.publish('count', 2)
    })
    await bus.subscribe('count', (number) => void heard.push(`second ${number}`))
    await bus.publish('count', 1)
    await bus.publish('count', 3)
    expect(heard.filter((entry) => entry.startsWith('second'))).toEqual(['second 1', 'second 2', 'second 3'])
  })

  it('tells onError what listeners throw and reject with, and goes on', async () => {
    const errors: [unknown, string][] = []
    const bus = createBus<{ news: number }>({ onError: (error, topic) => errors.push([error, topic]) })
    const heard: number[] = []
    await bus.subscribe('news', (number) => {
      // oxlint-disable-next-line no-throw-literal -- listeners may throw anything
      throw `thrown ${number}`
    })
    await bus.subscribe('news', (number) => Promise.reject(`rejected ${number}`))
    await bus.subscribe('news', (number) => void heard.push(number))
    await bus.publish('news', 1)
    await bus.publish('news', 2)
    await bus.publish('news', 3)
    expect(heard).toEqual([1, 2, 3])
    expect(errors.slice(0, 4).toSorted()).toEqual([
      ['rejected 1', 'news'],
      ['rejected 2', 'news'],
      ['thrown 1', 'news'],
      ['thrown 2', 'news'],
    ])
  })

  it('drops what waits for a listener that has unsubscribed meanwhile', async () => {
    const bus = createBus<{ news: number }>()
    const heard: number[] = []
    const subscription = await bus.subscribe('news', async (number) => {
      heard.push(number)
      await subscription.unsubscribe()
    })
    await Promise.all([bus.publish('news', 1), bus.publish('news', 2)])
    expect(heard).toEqual([1])
  })

  it('says that it is closed', async () => {
    const bus = createBus()
    await bus.close()
    await expect(bus.publish('news', 1)).rejects.toThrow(
      'Expected an open bus, but it was closed before publish(). Close it after its last use.',
    )
    await expect(bus.subscribe('news', () => {})).rejects.toThrow(BusClosedError)
  })

  it.each([
    [{ onError: 'log' }, '"onError" must be a function, got a string ("log").'],
    [null, '"options" must be an object, got null.'],
  ])('refuses %j', (options, message) => {
    expect(() => createBus(options as unknown as BusOptions)).toThrow(new TypeError(message))
  })

  it('says which argument is wrong', async () => {
    const bus = createBus()
    await expect(bus.publish('', 1)).rejects.toThrow(
      new TypeError('"topic" must be a well-formed string that is not empty, got a string ("").'),
    )
    await expect(bus.publish('a', 1, { signal: {} as never })).rejects.toThrow(
      new TypeError('"signal" must be an AbortSignal, got an object.'),
    )
    await expect(bus.publish('a', 1, null as never)).rejects.toThrow(
      new TypeError('"options" must be an object, got null.'),
    )
    await expect(bus.subscribe('a', () => {}, 3 as never)).rejects.toThrow(
      new TypeError('"options" must be an object, got a number (3).'),
    )
    await expect(bus.subscribe('a', 1 as never)).rejects.toThrow(
      new TypeError('"listener" must be a function, got a number (1).'),
    )
    await expect(bus.subscribe('a', () => {}, { limit: 0 })).rejects.toThrow(
      new TypeError('"limit" must be a whole number of at least 1, or Infinity, got a number (0).'),
    )
  })
})
