import { parseRedisReply, type RedisReply } from './parse-redis-reply.ts'
import type { ServiceConnection } from './service-connection.ts'

/** Sends one command and gives its reply. */
export type SendRedisCommand = (...parts: readonly (string | Uint8Array)[]) => Promise<RedisReply>

/** Logs in and selects the database that the URL names. */
export async function openRedis(
  connection: ServiceConnection,
  { username, password, pathname }: URL,
): Promise<SendRedisCommand> {
  let unread = Buffer.alloc(0)

  async function send(...parts: readonly (string | Uint8Array)[]): Promise<RedisReply> {
    const bytes = [Buffer.from(`*${parts.length}\r\n`)]
    for (const part of parts) {
      const content = Buffer.from(part as string)
      bytes.push(Buffer.from(`$${content.length}\r\n`), content, Buffer.from('\r\n'))
    }
    connection.write(Buffer.concat(bytes))
    for (;;) {
      const parsed = parseRedisReply(unread)
      if (parsed !== undefined) {
        unread = unread.subarray(parsed.end)
        if (parsed.reply instanceof Error) throw parsed.reply
        return parsed.reply
      }
      unread = Buffer.concat([unread, await connection.read()])
    }
  }

  if (password !== '') {
    await send('AUTH', ...(username === '' ? [] : [decodeURIComponent(username)]), decodeURIComponent(password))
  }
  const database = pathname.slice(1)
  if (database !== '') await send('SELECT', database)
  await send('PING')
  return send
}
