import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { service } from './service/service.ts'
import { startRedis } from './start-redis.ts'

/** The answer to one command. */
async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${command}\r\n`)
  const [answer] = await once(socket, 'data')
  socket.destroy()
  return String(answer).trim()
}

describe('startRedis', () => {
  const { available } = service('redis')

  it.skipIf(!available)('starts a server that can be stopped and started again on the same port', async () => {
    await using redis = await startRedis()
    expect(await ask(redis.port, 'SET key value')).toBe('+OK')
    await redis.stop('SIGKILL')
    await expect(ask(redis.port, 'PING')).rejects.toThrow('ECONNREFUSED')
    await redis.stop()
    await Promise.all([redis.start(), redis.start()])
    expect(await ask(redis.port, 'GET key')).toBe('$-1')
  })

  it.skipIf(!available)('says what the server said that refused to start', async () => {
    await expect(startRedis({ args: ['--no-such-setting', '1'] })).rejects.toMatchObject({
      code: 'server_start_failed',
    })
  })

  it('fails where there is no such command', async () => {
    await expect(startRedis({ command: 'no-such-redis' })).rejects.toMatchObject({
      code: 'server_start_failed',
      message:
        'Expected "no-such-redis" to start and to say so, got "spawn no-such-redis ENOENT". Install it, and put it on the PATH.',
    })
  })
})
