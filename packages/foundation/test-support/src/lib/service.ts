import { randomUUID } from 'node:crypto'
import { describeValue } from '@empire/errors'
import { ServiceUnavailableError } from './service-unavailable-error.ts'

/** The services that tests can use. */
export type ServiceName = 'nats' | 'postgres' | 'redis'

/** Where the settings come from, and where the reason goes. */
export interface ServiceOptions {
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Told why tests are skipped. Default: writes it to the standard error, once per service. */
  readonly print?: ((reason: string) => void) | undefined
}

/** A real server that a test may use, in a corner of its own. */
export interface Service {
  readonly name: ServiceName
  /** Whether there is one. If not, skip: `describe.skipIf(!redis.available)`. */
  readonly available: boolean
  /** Why there is none; undefined when there is one. */
  readonly reason: string | undefined
  /**
   * Where it is. For PostgreSQL the URL makes the schema of this test the only one on the search path.
   *
   * @throws {ServiceUnavailableError} when there is none.
   */
  readonly url: string
  /** A name of lower-case letters, digits and underscores, unlike that of any other call: begin keys, channels and subjects with it. */
  readonly namespace: string
  /** For PostgreSQL: SQL that makes the schema of this test, which `namespace` names. Otherwise empty. */
  readonly setUp: string
  /** For PostgreSQL: SQL that drops the schema of this test with all that is in it. Otherwise empty. */
  readonly tearDown: string
}

const services: Readonly<Record<ServiceName, { readonly title: string; readonly protocols: readonly string[] }>> = {
  nats: { title: 'NATS', protocols: ['nats:', 'tls:', 'ws:', 'wss:'] },
  postgres: { title: 'PostgreSQL', protocols: ['postgres:', 'postgresql:'] },
  redis: { title: 'Redis', protocols: ['redis:', 'rediss:'] },
}

const printed = new Set<string>()

/**
 * The server of that name that `EMPIRE_POSTGRES_URL`, `EMPIRE_REDIS_URL` or `EMPIRE_NATS_URL` points at.
 *
 * Without the URL there is none, whatever listens on the usual port: the reason is printed, and tests skip. If
 * `EMPIRE_REQUIRE_SERVICES` (names, separated by commas) lists it, that is an error instead.
 *
 * @throws {ServiceUnavailableError} when the service is required and its URL is not set.
 */
export function service(name: ServiceName, options: ServiceOptions = {}): Service {
  const { env = process.env, print = printOnce } = options
  if (!isServiceName(name)) {
    throw new TypeError(`"name" must be one of ${listNames()}, got ${describeValue(name)}.`)
  }
  const { title } = services[name]
  const variable = `EMPIRE_${name.toUpperCase()}_URL`
  const address = env[variable]
  const namespace = `empire_test_${randomUUID().replaceAll('-', '')}`

  const required = isRequired(name, env['EMPIRE_REQUIRE_SERVICES'])
  const url = address ? locate(name, variable, address, namespace) : undefined
  const reason = `Tests that need ${title} are skipped: set ${variable} to the URL of one that tests may write to.`
  if (url === undefined) {
    if (required) {
      throw new ServiceUnavailableError(
        `Expected ${variable} to be set, because EMPIRE_REQUIRE_SERVICES lists ${name}. Set it to the URL of a ${title} for tests.`,
        name,
      )
    }
    print(reason)
  }

  const hasSchema = name === 'postgres' && url !== undefined
  return Object.freeze({
    name,
    available: url !== undefined,
    reason: url === undefined ? reason : undefined,
    // Read only when asked for: it may hold a password, which has no place in a printed service.
    get url(): string {
      if (url === undefined) throw new ServiceUnavailableError(reason, name)
      return url
    },
    namespace,
    setUp: hasSchema ? `CREATE SCHEMA ${namespace}` : '',
    tearDown: hasSchema ? `DROP SCHEMA IF EXISTS ${namespace} CASCADE` : '',
  })
}

function isServiceName(name: unknown): name is ServiceName {
  return typeof name === 'string' && Object.hasOwn(services, name)
}

function listNames(): string {
  return Object.keys(services).join(', ')
}

function isRequired(name: ServiceName, list = ''): boolean {
  const required = list.split(',').flatMap((item) => item.trim() || [])
  const unknown = required.find((item) => !isServiceName(item))
  if (unknown !== undefined) {
    throw new TypeError(`EMPIRE_REQUIRE_SERVICES must list ${listNames()}, got ${describeValue(unknown)}.`)
  }
  return required.includes(name)
}

/** The address is not shown in the message, for it may hold a password. */
function locate(name: ServiceName, variable: string, address: string, namespace: string): string {
  const { protocols } = services[name]
  const url = URL.parse(address)
  // Without a host, clients take the one on the usual port of this machine: the one that nobody has named.
  if (url === null || !protocols.includes(url.protocol) || url.hostname === '') {
    throw new TypeError(
      `${variable} must be a URL with a host that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`,
    )
  }
  return name === 'postgres' ? withSearchPath(address.trim(), namespace) : address.trim()
}

function withSearchPath(address: string, schema: string): string {
  const url = new URL(address)
  const others = url.searchParams.get('options')
  url.searchParams.delete('options')
  // Spaces as %20: what reads connection strings takes a plus sign for itself.
  const setting = encodeURIComponent([...(others === null ? [] : [others]), `-c search_path=${schema}`].join(' '))
  url.search = `${url.search === '' ? '?' : `${url.search}&`}options=${setting}`
  return url.href
}

function printOnce(reason: string): void {
  if (printed.has(reason)) return
  printed.add(reason)
  process.stderr.write(`${reason}\n`)
}
