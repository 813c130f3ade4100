import { openRedis } from './open-redis.ts'
import { type ReachSettings, reachServer } from './reach-server.ts'

/** Removes the keys that begin so from the database that the address names. */
export async function unlinkKeys(
  variable: string,
  address: string,
  prefix: string,
  settings: ReachSettings,
): Promise<void> {
  await reachServer('redis', variable, address, settings, async (connection) => {
    const send = await openRedis(connection, new URL(address))
    let cursor = '0'
    do {
      const page = (await send('SCAN', cursor, 'MATCH', `${prefix}*`, 'COUNT', '1000')) as [Buffer, Buffer[]]
      const [next, keys] = page
      if (keys.length > 0) await send('UNLINK', ...keys)
      cursor = String(next)
    } while (cursor !== '0')
  })
}
