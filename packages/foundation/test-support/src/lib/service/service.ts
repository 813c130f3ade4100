import { randomUUID } from 'node:crypto'
import { describeValue } from '@empire/errors'
import { withHiddenUrl } from '../with-hidden-url.ts'
import { type ReachSettings, reachServer } from './reach-server.ts'
import { parseServiceAddress, withSearchPath } from './service-address.ts'
import { isServiceName, type ServiceName, serviceNames, serviceTitles } from './service-name.ts'
import { ServiceUnavailableError } from './service-unavailable-error.ts'
import { unlinkKeys } from './unlink-keys.ts'

/** Where the settings come from, and where the reason goes. */
export interface ServiceOptions {
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** Told why tests are skipped. Default: writes it to the standard error, once per service. */
  readonly print?: ((reason: string) => void) | undefined
}

/** How long `setUp` and `tearDown` may take. */
export interface ServiceCallOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for the server to answer. Default: 2000. */
  readonly timeout?: number | undefined
}

/** What runs SQL: a `Client` or `Pool` of pg, a PGlite; of postgres.js `{ query: (text) => sql.unsafe(text) }`. */
export interface SqlClient {
  /** Runs one statement; a promise is awaited. */
  query(sql: string): unknown
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
  /**
   * A name of lower-case letters, digits and underscores, unlike that of any other call: begin keys, channels and
   * subjects with it. For PostgreSQL it is the name of the schema.
   */
  readonly namespace: string
  /**
   * Before the first test: asks the server whether it is there, and for PostgreSQL makes the schema.
   *
   * @param client For PostgreSQL, what the schema is made with; best one that was made with `url`.
   * @throws {ServiceUnavailableError} when there is no server, or it does not answer or lets nobody in.
   */
  setUp(client?: SqlClient, options?: ServiceCallOptions): Promise<void>
  /**
   * After the last test: removes what is in the corner. On Redis all keys of its database that begin with `namespace`, on
   * PostgreSQL the schema with all that is in it. Does nothing where there is no server; NATS keeps nothing of subjects, and an
   * index of OpenSearch is removed by the client of the test.
   *
   * @param client Default: that of `setUp`.
   * @throws {ServiceUnavailableError} when the server does not answer.
   */
  tearDown(client?: SqlClient, options?: ServiceCallOptions): Promise<void>
}

const printed = new Set<string>()

/**
 * The server of that name that `EMPIRE_POSTGRES_URL`, `EMPIRE_REDIS_URL`, `EMPIRE_NATS_URL` or `EMPIRE_OPENSEARCH_URL` points at.
 *
 * Without the URL there is none, whatever listens on the usual port: the reason is printed, and tests skip. If
 * `EMPIRE_REQUIRE_SERVICES` (names, separated by commas) lists it, that is an error instead.
 *
 * @throws {ServiceUnavailableError} when the service is required and its URL is not set.
 */
export function service(name: ServiceName, options: ServiceOptions = {}): Service {
  const { env = process.env, print = printOnce } = options
  if (!isServiceName(name)) {
    throw new TypeError(`"name" must be one of ${serviceNames.join(', ')}, got ${describeValue(name)}.`)
  }
  const title = serviceTitles[name]
  const variable = `EMPIRE_${name.toUpperCase()}_URL`
  const given = env[variable]
  const namespace = `empire_test_${randomUUID().replaceAll('-', '')}`

  const required = isRequired(name, env['EMPIRE_REQUIRE_SERVICES'])
  const address = given ? parseServiceAddress(name, variable, given) : undefined
  const reason = `Tests that need ${title} are skipped: set ${variable} to the URL of one that tests may write to.`
  if (address === undefined) {
    if (required) {
      throw new ServiceUnavailableError(
        `Expected ${variable} to be set, because EMPIRE_REQUIRE_SERVICES lists ${name}. Set it to the URL of a ${title} for tests.`,
        name,
      )
    }
    print(reason)
  }
  let lastClient: SqlClient | undefined

  async function setUp(client?: SqlClient, callOptions: ServiceCallOptions = {}): Promise<void> {
    if (address === undefined) throw new ServiceUnavailableError(reason, name)
    const settings = checkCall(callOptions)
    if (name === 'postgres') checkClient(client)
    await reachServer(name, variable, address, settings)
    if (name !== 'postgres') return
    lastClient = client
    await client?.query(`CREATE SCHEMA ${namespace}`)
  }

  async function tearDown(client = lastClient, callOptions: ServiceCallOptions = {}): Promise<void> {
    const settings = checkCall(callOptions)
    if (address === undefined) return
    if (name === 'redis') await unlinkKeys(variable, address, namespace, settings)
    if (name !== 'postgres') return
    checkClient(client)
    await client?.query(`DROP SCHEMA IF EXISTS ${namespace} CASCADE`)
  }

  const own: Omit<Service, 'url'> = {
    name,
    available: address !== undefined,
    reason: address === undefined ? reason : undefined,
    namespace,
    setUp,
    tearDown,
  }
  return Object.freeze(
    withHiddenUrl(own, () => {
      if (address === undefined) throw new ServiceUnavailableError(reason, name)
      return name === 'postgres' ? withSearchPath(address, namespace) : address
    }),
  )
}

function checkClient(client: SqlClient | undefined): void {
  if (typeof client?.query === 'function') return
  throw new TypeError(
    `"client" must have a function "query" that runs SQL on the PostgreSQL, got ${describeValue(client)}.`,
  )
}

function checkCall({ signal, timeout = 2_000 }: ServiceCallOptions): ReachSettings {
  if (typeof timeout !== 'number' || !(timeout > 0)) {
    throw new TypeError(`"timeout" must be a number of milliseconds above 0, got ${describeValue(timeout)}.`)
  }
  signal?.throwIfAborted()
  return { signal, timeout }
}

function isRequired(name: ServiceName, list = ''): boolean {
  const required = list.split(',').flatMap((item) => item.trim() || [])
  const unknown = required.find((item) => !isServiceName(item))
  if (unknown !== undefined) {
    throw new TypeError(`EMPIRE_REQUIRE_SERVICES must list ${serviceNames.join(', ')}, got ${describeValue(unknown)}.`)
  }
  return required.includes(name)
}

function printOnce(reason: string): void {
  if (printed.has(reason)) return
  printed.add(reason)
  process.stderr.write(`${reason}\n`)
}
