import { createFakeServer, type FakeServer, type FakeServerOptions } from '../fake-server/create-fake-server.ts'
import type { FakeScript } from '../fake-server/create-script.ts'
import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import type { FakeStep } from '../fake-server/fake-step.ts'
import { FakeCluster } from './fake-cluster.ts'
import { illegalArgument, OpenSearchFailure } from './opensearch-failure.ts'
import { type Refuse, runBulk } from './run-bulk.ts'
import { runSearch } from './run-search.ts'
import { termVectors } from './term-vectors.ts'

/** What the fake OpenSearch is. */
export interface FakeOpenSearchOptions extends FakeServerOptions {
  /** What `GET /` says. Default: `3.1.0`. */
  readonly version?: string | undefined
  /** What `GET /` says; Elasticsearch has none. Default: `opensearch`. */
  readonly distribution?: string | undefined
  /** Whether the k-NN plugin is there. Default: `true`. */
  readonly hasVectors?: boolean | undefined
  /** The user that must be named. Default: nobody is asked. */
  readonly auth?: { readonly username: string; readonly password: string } | undefined
  /** `http.max_content_length`. Default: 104,857,600. */
  readonly mostBytes?: number | undefined
  /** How many merges keep what was removed, as a server does until its copies agree that none needs it. Default: 0. */
  readonly keptMerges?: number | undefined
  /** Refuses single operations of a bulk, or of a deletion by a query. Default: none. */
  readonly refuse?: Refuse | undefined
}

/** A fake OpenSearch. */
export interface FakeOpenSearch extends FakeServer {
  /** How many documents the last search ranked by their words. */
  readonly scored: number
}

interface Call {
  readonly request: FakeRequest
  readonly name: string
}

/**
 * A fake OpenSearch on a small engine of its own: indexes and mappings, bulks, searches, aliases. It knows a part of what is documented,
 * and refuses every parameter, key, clause and type beyond that part, where a real server would pass over some of them.
 */
export async function createFakeOpenSearch(
  script?: FakeScript<FakeStep>,
  options: FakeOpenSearchOptions = {},
): Promise<FakeOpenSearch> {
  const { version = '3.1.0', distribution = 'opensearch', hasVectors = true, auth } = options
  const { refuse = () => undefined, mostBytes = 104_857_600, keptMerges = 0 } = options
  const cluster = new FakeCluster({ hasVectors, derivesVectors: Number.parseInt(version, 10) >= 3 })
  let scored = 0
  let merges = 0

  const routes: readonly Route[] = [
    route('GET', /^\/$/, [], () => describeServer(version, distribution)),
    route('PUT', indexPath(''), [], ({ name, request }) => cluster.create(name, request.json)),
    route('GET', indexPath(''), [], ({ name }) => cluster.describe(name)),
    route('HEAD', indexPath(''), [], ({ name }) => cluster.describe(name)),
    route('DELETE', indexPath(''), [], ({ name }) => cluster.delete(name)),
    route('GET', /^\/_alias\/([^/]+)$/, [], ({ name }) => cluster.describeAlias(name)),
    route('POST', /^\/_aliases$/, [], ({ request }) => cluster.changeAliases(request.json)),
    route('POST', indexPath('/_bulk'), ['refresh', 'require_alias'], ({ name, request }) => {
      checkType(request, 'application/x-ndjson')
      const { searchParams } = request.url
      const target = cluster.target(name, searchParams.get('require_alias') === 'true')
      const answer = runBulk(name, target, request.body, refuse)
      if (searchParams.get('refresh') === 'true') target?.[1].refresh()
      return answer
    }),
    route('POST', indexPath('/_search'), ['allow_partial_search_results'], ({ name, request }) => {
      checkType(request, 'application/json')
      const [own, index] = cluster.get(name)
      const result = runSearch(own, index, request.json)
      scored = result.scored
      return result.answer
    }),
    route('POST', indexPath('/_termvectors'), [], ({ name, request }) => {
      const [own, index] = cluster.get(name)
      return termVectors(own, index, request.json)
    }),
    route('POST', indexPath('/_delete_by_query'), ['conflicts', 'refresh'], ({ name, request }) => {
      const [, index] = cluster.get(name)
      const answer = cluster.deleteByQuery(index, request.json, refuse)
      if (request.url.searchParams.get('refresh') === 'true') index.refresh()
      return new Answer(Math.max(200, ...answer.failures.map(({ status }) => status)), answer)
    }),
    route('POST', indexPath('/_refresh'), [], ({ name }) => {
      cluster.get(name)[1].refresh()
      return { _shards: { total: 1, successful: 1, failed: 0 } }
    }),
    route('POST', indexPath('/_forcemerge'), ['max_num_segments'], ({ name }) => {
      cluster.get(name)[1].merge(++merges <= keptMerges)
      return { _shards: { total: 1, successful: 1, failed: 0 } }
    }),
    route('POST', indexPath('/_flush'), [], ({ name }) => {
      cluster.get(name)[1].flush()
      return { _shards: { total: 1, successful: 1, failed: 0 } }
    }),
    route('GET', indexPath('/_count'), [], ({ name }) => ({ count: cluster.get(name)[1].documents.size })),
    route('GET', indexPath('/_stats/docs,store'), [], ({ name }) => {
      const { documents, removedCount } = cluster.get(name)[1]
      const primaries = {
        docs: { count: documents.size, deleted: removedCount },
        store: { size_in_bytes: 230 * documents.size },
      }
      return { _all: { primaries, total: primaries } }
    }),
  ]

  function handle(request: FakeRequest): FakeReply {
    // Refused before it is read: the answer says nothing more.
    if (Buffer.byteLength(request.body) > mostBytes) return { status: 413 }
    try {
      checkUser(request, auth)
      for (const { method, path, parameters, answer } of routes) {
        const match = path.exec(request.path)
        if (match === null || method !== request.method) continue
        const unknown = [...request.url.searchParams.keys()].find((key) => !parameters.includes(key))
        if (unknown !== undefined) {
          throw illegalArgument(`request [${request.path}] contains unrecognized parameter: [${unknown}]`)
        }
        const given = answer({ request, name: decodeURIComponent(match[1] ?? '') })
        return given instanceof Answer ? given : { body: given }
      }
      throw illegalArgument(`no handler found for uri [${request.path}] and method [${request.method}]`)
    } catch (failure) {
      if (failure instanceof OpenSearchFailure) return failure.toReply()
      throw failure
    }
  }

  const server = await createFakeServer(
    { handle, error: ({ status = 503, message }) => new OpenSearchFailure(status, typeOf(status), message).toReply() },
    script,
    options,
  )
  return Object.freeze({
    ...server,
    get openRequests() {
      return server.openRequests
    },
    get openSockets() {
      return server.openSockets
    },
    get scored() {
      return scored
    },
  })
}

/** An answer with a status of its own. */
class Answer {
  readonly status: number
  readonly body: object

  constructor(status: number, body: object) {
    this.status = status
    this.body = body
  }
}

interface Route {
  readonly method: string
  readonly path: RegExp
  /** Of the query. */
  readonly parameters: readonly string[]
  readonly answer: (call: Call) => object
}

function route(method: string, path: RegExp, parameters: readonly string[], answer: Route['answer']): Route {
  return { method, path, parameters, answer }
}

function indexPath(end: string): RegExp {
  return new RegExp(`^/([^/_][^/]*)${end}$`)
}

function describeServer(version: string, distribution: string): object {
  return {
    name: 'fake',
    cluster_name: 'fake',
    version: { distribution, number: version },
    tagline: 'The OpenSearch Project: https://opensearch.org/',
  }
}

function typeOf(status: number): string {
  return status === 429 ? 'rejected_execution_exception' : 'fake_exception'
}

function checkType({ headers }: FakeRequest, type: string): void {
  if (headers['content-type']?.startsWith(type) === true) return
  throw new OpenSearchFailure(
    406,
    'media_type_header_exception',
    `Content-Type header [${headers['content-type']}] is not supported`,
  )
}

function checkUser({ headers }: FakeRequest, auth: FakeOpenSearchOptions['auth']): void {
  if (auth === undefined) return
  const wanted = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`
  if (headers['authorization'] === wanted) return
  throw new OpenSearchFailure(401, 'security_exception', 'missing authentication credentials for REST request')
}
