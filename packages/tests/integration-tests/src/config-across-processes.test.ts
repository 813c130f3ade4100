import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRedisBus } from '@empire/bus-redis'
import { type ConfigEvents, createConfig, fileSource } from '@empire/config'
import { service } from '@empire/test-support/services'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { temporaryFolder } from './temporary-folder.ts'

const redis = service('redis')

/** A process that tells its parent each port it is configured with. */
const program = `
  import { createRedisBus } from '@empire/bus-redis'
  import { createConfig, fileSource } from '@empire/config'
  import * as z from 'zod'
  const bus = createRedisBus({ url: process.env.URL, prefix: process.env.PREFIX })
  const schema = z.strictObject({ port: z.int() })
  const config = await createConfig({ schema, sources: [fileSource(process.env.FILE)], bus })
  config.subscribe('port', ({ after }) => process.send(after))
  process.on('disconnect', async () => {
    await config.close()
    await bus.close()
  })
  process.send(config.get().port)
`

describe.skipIf(!redis.available)('settings of two processes', () => {
  it('are reloaded in one when the other has loaded a change', { timeout: 30_000 }, async () => {
    await redis.setUp()
    const folder = await temporaryFolder({ 'shop.json': '{ "port": 80 }' })
    const path = join(folder, 'shop.json')
    const prefix = `${redis.namespace}:`
    await using bus = disposable(createRedisBus<ConfigEvents>({ url: redis.url, prefix }))
    const config = await createConfig({ schema: z.strictObject({ port: z.int() }), sources: [fileSource(path)], bus })

    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: import.meta.dirname,
      env: { ...process.env, URL: redis.url, PREFIX: prefix, FILE: path },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    expect(await once(child, 'message')).toContain(80)

    const changed = once(child, 'message')
    await writeFile(path, '{ "port": 443 }')
    await config.reload()
    expect(await changed).toContain(443)

    child.disconnect()
    await once(child, 'exit')
    await config.close()
  })
})

function disposable<Bus extends { close(): Promise<void> }>(bus: Bus) {
  return Object.assign(Object.create(bus) as Bus, { [Symbol.asyncDispose]: () => bus.close() })
}
