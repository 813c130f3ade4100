import { describeValue } from '@empire/errors'

/** Where a Redis is, taken from its URL. */
export interface RedisAddress {
  readonly host: string
  readonly port: number
  readonly username: string | undefined
  readonly password: string | undefined
  readonly isEncrypted: boolean
  /** Host and port, for messages. */
  readonly name: string
}

const example = 'redis://localhost:6379, or rediss://user:password@host:6380 for an encrypted connection'

/** @throws {TypeError} for what is no such URL. It is not shown: it may hold a password. */
export function parseRedisUrl(url: unknown): RedisAddress {
  if (typeof url !== 'string' || !URL.canParse(url)) {
    throw new TypeError(`"url" must be a URL such as ${example}, got ${nameKind(url)}.`)
  }
  const { protocol, hostname, port, username, password, search, hash } = new URL(url)
  if (protocol !== 'redis:' && protocol !== 'rediss:') {
    throw new TypeError(`"url" must be a URL such as ${example}, got one that begins with ${protocol}//.`)
  }
  if (hostname === '') throw new TypeError(`"url" must be a URL such as ${example}, got one without a host.`)
  if (search !== '' || hash !== '') {
    throw new TypeError(`"url" must be a URL such as ${example}, got one with settings after "?" or "#".`)
  }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 6379 : Number(port),
    username: decode(username),
    password: decode(password),
    isEncrypted: protocol === 'rediss:',
    name: `${hostname}:${port === '' ? 6379 : port}`,
  }
}

function decode(text: string): string | undefined {
  if (text === '') return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that stands for itself.
    return text
  }
}

function nameKind(url: unknown): string {
  return typeof url === 'string' ? 'a string that is none' : describeValue(url)
}
