import { type Clock, systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { type FieldDefinitions, type IndexOptions, SearchError, type SearchIndex } from '@empire/search'
import { checkManifest, createSearchIndex, defineIndex, type IndexDefinition } from '@empire/search/backend'
import { checkIndexName } from './check-index-name.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { createSender, type Send } from './create-sender.ts'
import { indexBody, type IndexSettings, type ServerTraits, writeAlias } from './index-body.ts'
import { createOpenSearchBackend } from './opensearch-backend.ts'
import { readIndex, type StoredIndex } from './stored-index.ts'
import type { RetrySettings } from './write-bulk.ts'

/** Options of an index on OpenSearch. */
export interface OpenSearchIndexOptions<Fields extends FieldDefinitions = FieldDefinitions>
  extends IndexOptions<Fields>, ConnectOptions {
  /** The name of an index, or of an alias of one. An index that is not there is created. */
  readonly index: string
  /** How a new index is made. Default: one shard with one replica, vectors by Lucene. */
  readonly create?: Partial<IndexSettings> | undefined
  /** How documents that the server has no room for are sent again. Default: up to 5 times, after 200 ms and then twice as long each. */
  readonly retry?: Partial<RetrySettings> | undefined
  /** What retries wait with. Default: the real time. */
  readonly clock?: Clock | undefined
  /** Stops the opening: it rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
}

const ownOptions = ['index', 'client', 'connection', 'create', 'retry', 'clock', 'signal'] as const

/**
 * Opens an index of an OpenSearch server (2.15 or later), and creates it where there is none.
 *
 * Rejects with `fingerprint_mismatch` if the index was made with another schema, analyzer or embedder, or not by this package, and with
 * `backend_failed` if the server cannot be reached. Throws a `TypeError` that names the faulty option.
 */
export async function openOpenSearchIndex<const Fields extends FieldDefinitions>(
  options: OpenSearchIndexOptions<Fields>,
): Promise<SearchIndex<Fields>> {
  const definition = defineIndex(options, ownOptions)
  const index = checkIndexName('index', options.index)
  const settings = checkSettings(options.create)
  const retry = checkRetry(options.retry)
  const { signal, clock = systemClock } = options
  const { client, close } = connect(options)
  const send = createSender(client, index)
  try {
    const { name, manifest } = await openIndex(send, index, definition, settings, signal)
    checkManifest(manifest, definition.manifest)
    const writes = name === index ? writeAlias(index) : index
    const backend = createOpenSearchBackend({ index, writes, schema: definition.schema, send, clock, retry, close })
    return createSearchIndex<Fields>(backend, { ...definition, manifest })
  } catch (error) {
    await close()
    throw error
  }
}

async function openIndex(
  send: Send,
  index: string,
  definition: IndexDefinition,
  settings: IndexSettings,
  signal: AbortSignal | undefined,
): Promise<StoredIndex> {
  const stored = await readIndex(send, index, signal)
  if (stored !== undefined) return stored
  const traits = await checkServer(send, signal)
  const created = { name: index, manifest: definition.manifest }
  try {
    const body = indexBody(index, definition.schema, definition.manifest, settings, traits)
    await send({ method: 'PUT', path: `/${index}`, body: { ...body } }, { signal })
    return created
  } catch (error) {
    // Somebody else was first.
    if (!(error instanceof SearchError) || error.details['type'] !== 'resource_already_exists_exception') throw error
    return (await readIndex(send, index, signal)) ?? created
  }
}

/** Before it, a word of several fields can have a score below 0. */
const leastVersion = [2, 15] as const

interface ServerInfo {
  readonly version?: { readonly distribution?: string; readonly number?: string }
}

/** Before anything is made on a server that would take it and answer otherwise. */
async function checkServer(send: Send, signal: AbortSignal | undefined): Promise<ServerTraits> {
  const info = await send<ServerInfo>({ method: 'GET', path: '/' }, { signal })
  const { distribution = 'another server', number = '' } = info?.version ?? {}
  const [major = 0, minor = 0] = number.split('.').map(Number)
  const isRecent = major > leastVersion[0] || (major === leastVersion[0] && minor >= leastVersion[1])
  if (distribution === 'opensearch' && isRecent) return { derivesVectors: major >= 3 }
  throw new SearchError(
    'backend_failed',
    `The server must be OpenSearch ${leastVersion.join('.')} or later, got ${distribution} ${number || 'without a version'}. Connect to another one.`,
    { details: { backend: 'opensearch', distribution, version: number } },
  )
}

function checkSettings(given: unknown): IndexSettings {
  const settings = readOptions('create', given, ['shards', 'replicas', 'vectorEngine'])
  const { shards = 1, replicas = 1, vectorEngine = 'lucene' } = settings
  if (vectorEngine !== 'lucene' && vectorEngine !== 'faiss') {
    throw new TypeError(`"create.vectorEngine" must be "lucene" or "faiss", got ${describeValue(vectorEngine)}.`)
  }
  return {
    shards: readWhole('create.shards', shards, 1, 1024),
    replicas: readWhole('create.replicas', replicas, 0, 1024),
    vectorEngine,
  }
}

function checkRetry(given: unknown): RetrySettings {
  const { attempts = 5, delay = 200 } = readOptions('retry', given, ['attempts', 'delay'])
  return {
    attempts: readWhole('retry.attempts', attempts, 1, 100),
    delay: readWhole('retry.delay', delay, 0, 3_600_000),
  }
}

function readOptions(path: string, given: unknown, known: readonly string[]): { readonly [name: string]: unknown } {
  if (given === undefined) return {}
  expectKnownKeys(`"${path}"`, given, known)
  return given as { readonly [name: string]: unknown }
}

function readWhole(path: string, value: unknown, least: number, most: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number
  throw new TypeError(`"${path}" must be a whole number from ${least} to ${most}, got ${describeValue(value)}.`)
}
