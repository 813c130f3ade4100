import { rename, writeFile } from 'node:fs/promises'
import { createBus } from '@empire/bus'
import { createRandom, temporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ConfigEvents } from './config-options.ts'
import { createConfig } from './create-config.ts'
import { fileSource } from './file-source.ts'

const schema = z.strictObject({ number: z.int(), twice: z.int() }).refine(({ number, twice }) => twice === 2 * number)
const seeds = Array.from({ length: 10 }, (_, index) => `config ${index}`)

describe('two configs on one file and one bus, while the file changes and reloads are asked for at random', () => {
  it.each(seeds)('never show what no file held, and end with the last one: %s', async (seed) => {
    const random = createRandom(seed)
    const directory = temporaryDirectory()
    const path = directory.join('shop.json')
    const bus = createBus<ConfigEvents>()
    const write = (number: number) => writeFile(path, JSON.stringify({ number, twice: 2 * number }))
    await write(0)
    const errors: unknown[] = []
    const create = () =>
      createConfig({
        schema,
        sources: [fileSource(path)],
        watch: true,
        bus,
        onError: (error) => void errors.push(error),
      })
    const configs = [await create(), await create()]
    const faulty: unknown[] = []
    for (const config of configs) {
      let version = 1
      config.subscribe('', ({ before, after, version: next }) => {
        const isReal = after.twice === 2 * after.number && before.number !== after.number
        if (!isReal || next !== version + 1 || config.get() !== after) faulty.push({ before, after, next, version })
        version = next
      })
    }
    const waiting: Promise<unknown>[] = []
    for (let number = 1; number <= 1_000; number++) {
      const step = random.integer(0, 5)
      if (step === 0) await writeFile(path, '{ "number": ')
      else if (step === 1) await writeFile(path, '{ "number": 1, "twice": 3 }')
      else if (step === 2) {
        await writeFile(directory.join('new'), JSON.stringify({ number, twice: 2 * number }))
        await rename(directory.join('new'), path)
      } else if (step === 3) await write(number)
      else {
        const controller = new AbortController()
        waiting.push(
          random
            .pick(configs)
            .reload({ signal: controller.signal })
            .catch((error: unknown) => error),
        )
        if (random.boolean(0.3)) controller.abort()
      }
    }
    await write(-1)
    await Promise.all(waiting)
    await Promise.all(configs.map((config) => config.reload()))
    expect(faulty).toEqual([])
    expect(configs.map((config) => config.get().number)).toEqual([-1, -1])
    await Promise.all(configs.map((config) => config.close()))
    directory.remove()
    expect(errors.filter((error) => (error as { code?: unknown }).code !== 'invalid_config')).toEqual([])
  })
})
