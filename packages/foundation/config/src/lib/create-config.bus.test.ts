import { type Bus, createBus } from '@empire/bus'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Config } from './config.ts'
import type { ConfigEvents } from './config-options.ts'
import { createConfig } from './create-config.ts'
import { valuesSource } from './values-source.ts'

type Port = Config<{ readonly port: number }>

const schema = z.object({ port: z.int() })

/** Configs in several processes, which load the same values and share a bus. */
async function createPeers(values: { port: unknown }, bus: Bus<ConfigEvents>, onError?: (error: unknown) => void) {
  const create = (): Promise<Port> =>
    createConfig({ schema, sources: [valuesSource('shared', () => ({ ...values }))], bus, onError })
  return [await create(), await create()] as const
}

function nextPort(config: Port): Promise<number> {
  return new Promise((resolve) => {
    const stop = config.subscribe('port', ({ after }) => {
      stop()
      resolve(after)
    })
  })
}

describe('a bus', () => {
  it('reloads the others after a change, and no more than once', async () => {
    const bus = createBus<ConfigEvents>()
    const messages: unknown[] = []
    await bus.subscribe('empire:config:changed', (message) => void messages.push(message))
    const values = { port: 1 }
    const [first, second] = await createPeers(values, bus)
    for (const port of [2, 3]) {
      values.port = port
      const heard = nextPort(second)
      await first.reload()
      await expect(heard).resolves.toBe(port)
    }
    await second.reload()
    expect([first.version, second.version]).toEqual([3, 3])
    expect(messages).toEqual([{ origin: expect.any(String) as string }, { origin: expect.any(String) as string }])
  })

  it('reloads when messages may have been missed', async () => {
    const inner = createBus<ConfigEvents>()
    const gaps: (() => unknown)[] = []
    const bus: Bus<ConfigEvents> = {
      ...inner,
      subscribe(topic, listener, options) {
        gaps.push(() => options?.onGap?.({ topic, reason: 'reconnected' }))
        return inner.subscribe(topic, listener, options)
      },
    }
    const values = { port: 1 }
    const [first] = await createPeers(values, bus)
    values.port = 2
    const heard = nextPort(first)
    gaps[0]?.()
    await expect(heard).resolves.toBe(2)
  })

  it('hands an invalid reload to onError, and keeps the last snapshot', async () => {
    const failed = Promise.withResolvers<unknown>()
    const bus = createBus<ConfigEvents>()
    const values: { port: unknown } = { port: 1 }
    const [first] = await createPeers(values, bus, failed.resolve)
    values.port = 'x'
    await bus.publish('empire:config:changed', { origin: 'another process' })
    await expect(failed.promise).resolves.toMatchObject({ code: 'invalid_config' })
    expect(first.get()).toEqual({ port: 1 })
  })

  it('reloads without it when it fails', async () => {
    const failure = new Error('no connection')
    const failed = Promise.withResolvers<unknown>()
    const bus: Bus<ConfigEvents> = { ...createBus<ConfigEvents>(), publish: () => Promise.reject(failure) }
    const values = { port: 1 }
    const [first] = await createPeers(values, bus, failed.resolve)
    values.port = 2
    await expect(first.reload()).resolves.toMatchObject({ after: { port: 2 } })
    await expect(failed.promise).resolves.toBe(failure)
  })

  it('is told of the change again once its connection is back', async () => {
    const inner = createBus<ConfigEvents>()
    const gaps: (() => unknown)[] = []
    let isCut = true
    const bus: Bus<ConfigEvents> = {
      ...inner,
      publish: (...message) => (isCut ? Promise.reject(new Error('no connection')) : inner.publish(...message)),
      subscribe(topic, listener, options) {
        gaps.push(() => options?.onGap?.({ topic, reason: 'reconnected' }))
        return inner.subscribe(topic, listener, options)
      },
    }
    const values = { port: 1 }
    const failed = Promise.withResolvers<unknown>()
    const [first, second] = await createPeers(values, bus, failed.resolve)
    values.port = 2
    await first.reload()
    await failed.promise
    const heard = nextPort(second)
    isCut = false
    gaps[0]?.()
    await expect(heard).resolves.toBe(2)
  })

  it('holds up no reload while it has no connection', async () => {
    const bus: Bus<ConfigEvents> = { ...createBus<ConfigEvents>(), publish: () => new Promise(() => {}) }
    const values = { port: 1 }
    const [first] = await createPeers(values, bus)
    for (const port of [2, 3]) {
      values.port = port
      await expect(first.reload()).resolves.toMatchObject({ after: { port } })
    }
  })

  it('fails the start when it cannot be listened to', async () => {
    const failure = new Error('no connection')
    const bus: Bus<ConfigEvents> = { ...createBus<ConfigEvents>(), subscribe: () => Promise.reject(failure) }
    await expect(createPeers({ port: 1 }, bus)).rejects.toBe(failure)
  })

  it('is left, but not closed, by a config that closes', async () => {
    const bus = createBus<ConfigEvents>()
    const values = { port: 1 }
    const [first, second] = await createPeers(values, bus)
    await second.close()
    values.port = 2
    await first.reload()
    expect([first.get().port, second.get().port]).toEqual([2, 1])
  })
})
