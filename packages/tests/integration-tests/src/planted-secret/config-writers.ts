import { writeFile } from 'node:fs/promises'
import { createBus } from '@empire/bus'
import {
  type ConfigEvents,
  createConfig,
  defineSection,
  environmentSource,
  fileSource,
  valuesSource,
} from '@empire/config'
import { temporaryDirectory } from '@empire/test-support'
import * as z from 'zod'
import { failureOf, foreignFailure, key, password, type Writer } from './writer.ts'

const schema = z.strictObject({ key: z.string().meta({ secret: true }), port: z.int() })
const marked = defineSection('shop', z.strictObject({ token: z.string(), port: z.int() }), { secrets: ['token'] })

/** @param text What a file with settings holds. */
function fileWriter(name: string, file: string, text: (secret: string) => string): Writer {
  return {
    name,
    secret: password,
    async write(secret) {
      await using directory = temporaryDirectory()
      await writeFile(directory.join(file), text(secret))
      return [await failureOf(createConfig({ schema, sources: [fileSource(directory.join(file))] }))]
    },
  }
}

export const configWriters: readonly Writer[] = [
  {
    name: 'config: a snapshot, a change, the config itself and its message on the bus',
    secret: password,
    async write(secret) {
      const written: unknown[] = []
      const bus = createBus<ConfigEvents>()
      await bus.subscribe('empire:config:changed', (message) => void written.push(message))
      const values = { key: 'before', port: 80 }
      const config = await createConfig({ schema, sources: [valuesSource('test', values)], bus })
      for (const path of ['', 'key'] as const) config.subscribe(path, (change) => void written.push(change))
      values.key = secret
      written.push(await config.reload(), config.get(), config, { ...config.get }, [config.get()])
      if (config.get().key !== secret) throw new Error('The program needs the secret itself.')
      await config.close()
      return written
    },
  },
  {
    name: 'config: problems of wrong settings, marked by the schema or by the section',
    secret: password,
    async write(secret) {
      const wrong = { key: secret, port: secret }
      const inSection = { shop: { token: secret, port: secret } }
      return [
        await failureOf(createConfig({ schema, sources: [valuesSource('test', { key: [secret], port: 1 })] })),
        await failureOf(createConfig({ schema, sources: [valuesSource('test', { key: { a: secret }, port: 1 })] })),
        await failureOf(createConfig({ schema, sources: [valuesSource('test', { ...wrong, port: true })] })),
        await failureOf(createConfig({ sections: [marked], sources: [valuesSource('test', inSection)] })),
      ]
    },
  },
  {
    name: 'config: a value in the wrong place, an unknown name and a variable',
    secret: key,
    async write(secret) {
      const wrong = { key: secret, port: secret, [secret]: secret }
      const variables = { SHOP_PORT: secret, SHOP_KEY: secret, [`SHOP_${secret}`]: secret }
      return [
        await failureOf(createConfig({ schema, sources: [valuesSource('test', wrong)] })),
        await failureOf(createConfig({ schema, sources: [environmentSource('SHOP_', { variables })] })),
      ]
    },
  },
  fileWriter('config: broken JSON', 'shop.json', (secret) => `{ "key": ${JSON.stringify(secret)}, "port": 80,, }`),
  fileWriter(
    'config: JSON that ends early',
    'shop.json',
    (secret) => `{ "key": ${JSON.stringify(secret).slice(0, -1)}`,
  ),
  fileWriter('config: broken YAML', 'shop.yaml', (secret) => `key: ${JSON.stringify(secret)} oh\nport: [`),
  fileWriter(
    'config: YAML with a key twice',
    'shop.yaml',
    (secret) => `key: ${JSON.stringify(secret)}\nkey: 'x'\nport: 80`,
  ),
  fileWriter(
    'config: broken TypeScript',
    'shop.ts',
    (secret) => `export default { key: ${JSON.stringify(secret)} port: 80 }`,
  ),
  {
    name: 'config: TypeScript that throws, a source that fails, a listener that throws',
    secret: key,
    async write(secret) {
      await using directory = temporaryDirectory()
      await writeFile(directory.join('shop.ts'), `throw new Error(${JSON.stringify(`No entry for ${secret}`)})`)
      const written: unknown[] = []
      written.push(await failureOf(createConfig({ schema, sources: [fileSource(directory.join('shop.ts'))] })))
      const broken = { name: 'vault', load: () => Promise.reject(foreignFailure(secret)) }
      written.push(await failureOf(createConfig({ schema, sources: [broken] })))
      const values = { key: secret, port: 80 }
      const config = await createConfig({ schema, sources: [valuesSource('test', values)], onError: () => {} })
      config.subscribe('port', () => {
        throw foreignFailure(secret)
      })
      values.port = 81
      written.push(await config.reload())
      await config.close()
      return written
    },
  },
]
