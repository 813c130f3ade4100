import type { ServiceName } from './service-name.ts'

const protocols: Readonly<Record<ServiceName, readonly string[]>> = {
  nats: ['nats:', 'tls:', 'ws:', 'wss:'],
  opensearch: ['http:', 'https:'],
  postgres: ['postgres:', 'postgresql:'],
  redis: ['redis:', 'rediss:'],
}

/**
 * The address, without space around it.
 *
 * @throws {TypeError} when it names no host, or a server of another kind; without the address, for it may hold a password.
 */
export function parseServiceAddress(name: ServiceName, variable: string, address: string): string {
  const url = URL.parse(address)
  // Without a host, clients take the one on the usual port of this machine: the one that nobody has named.
  if (url === null || !protocols[name].includes(url.protocol) || url.hostname === '') {
    const beginnings = protocols[name].map((protocol) => `${protocol}//`).join(' or ')
    throw new TypeError(`${variable} must be a URL with a host that begins with ${beginnings}.`)
  }
  return address.trim()
}

/** The URL of a PostgreSQL on which only that schema is looked at. */
export function withSearchPath(address: string, schema: string): string {
  const url = new URL(address)
  const others = url.searchParams.get('options')
  url.searchParams.delete('options')
  // Spaces as %20: what reads connection strings takes a plus sign for itself.
  const setting = encodeURIComponent([...(others === null ? [] : [others]), `-c search_path=${schema}`].join(' '))
  url.search = `${url.search === '' ? '?' : `${url.search}&`}options=${setting}`
  return url.href
}
