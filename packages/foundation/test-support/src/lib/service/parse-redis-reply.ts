/** A reply of Redis, with texts as bytes. */
export type RedisReply = Buffer | string | number | null | Error | readonly RedisReply[]

/** How deep lists may lie in each other; those of Redis lie two deep. */
const deepest = 8

/** The first reply in the bytes (RESP2) and where it ends; undefined while it is not whole. */
export function parseRedisReply(
  bytes: Buffer,
  start = 0,
  depth = 0,
): { readonly reply: RedisReply; readonly end: number } | undefined {
  const lineEnd = bytes.indexOf('\r\n', start, 'latin1')
  if (lineEnd === -1) return undefined
  const type = String.fromCharCode(bytes[start] ?? 0)
  const line = bytes.toString('utf8', start + 1, lineEnd)
  const next = lineEnd + 2
  switch (type) {
    case '+':
      return { reply: line, end: next }
    case '-':
      return { reply: new Error(line), end: next }
    case ':':
      return { reply: Number(line), end: next }
    case '$': {
      if (line === '-1') return { reply: null, end: next }
      const end = next + Number(line)
      return end + 2 > bytes.length ? undefined : { reply: bytes.subarray(next, end), end: end + 2 }
    }
    case '*': {
      if (depth === deepest) break
      const items: RedisReply[] = []
      let end = next
      for (let left = Number(line); left > 0; left--) {
        const item = parseRedisReply(bytes, end, depth + 1)
        if (item === undefined) return undefined
        items.push(item.reply)
        end = item.end
      }
      return { reply: items, end }
    }
  }
  throw new Error('another reply than those of Redis')
}
