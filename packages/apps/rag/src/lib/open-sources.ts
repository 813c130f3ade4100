import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { defaultIgnore, fileSource, type FolderEntry, httpApiSource, httpSource, type Source } from '@empire/ingest'
import type { PostgresRow } from '@empire/ingest-postgres'
import type { Environment } from './environment.ts'
import { type GivenSource, readApi, readPostgresAddress, schemeOf } from './source-address.ts'

/** A source, and the addresses that it stands for. */
export interface OpenSource {
  readonly source: Source
  readonly addresses: readonly string[]
}

/** What opens the addresses of a kind; what only they need is loaded when there is one. */
type OpenSources = (sources: readonly GivenSource[], options: OpenOptions) => Promise<readonly OpenSource[]>

/** What sources are read for, and with. */
export interface OpenOptions {
  /** The index file that is filled: it may lie among the documents, and is none. */
  readonly index: string
  /** Where credentials are. */
  readonly environment: Environment
}

const kinds: Readonly<Record<string, OpenSources>> = {
  http: openHttp,
  https: openHttp,
  s3: openS3,
  postgres: openPostgres,
  postgresql: openPostgres,
}

/** The sources of addresses. All paths are one source, and all pages, so that none is listed twice. */
export async function openSources(
  sources: readonly GivenSource[],
  options: OpenOptions,
): Promise<readonly OpenSource[]> {
  const groups = Map.groupBy(sources, ({ address }) => kinds[schemeOf(address) ?? ''] ?? openFiles)
  return (await Promise.all([...groups].map(([open, group]) => open(group, options)))).flat()
}

/** What SQLite and the lock put beside an index file. */
const besides = ['', '-wal', '-shm', '-journal', '.lock']

async function openFiles(sources: readonly GivenSource[], { index }: OpenOptions): Promise<readonly OpenSource[]> {
  const addresses = sources.map(({ address }) => address)
  const own = new Set(besides.map((ending) => resolve(index) + ending))
  const ignore = (entry: FolderEntry): boolean => defaultIgnore(entry) || own.has(entry.path)
  return [{ source: fileSource(addresses, { ignore }), addresses }]
}

async function openHttp(sources: readonly GivenSource[], { environment }: OpenOptions): Promise<readonly OpenSource[]> {
  const headers = authorization(environment)
  const addresses = sources.map(({ address }) => address)
  const pages = new Set(addresses.filter((address) => readApi(address) === undefined))
  const apis = addresses.flatMap((address) => {
    const { records, next, id } = readApi(address) ?? {}
    if (records === undefined) return []
    const url = new URL(address)
    url.hash = ''
    const options = { name: nameOf('api', address), records: records === '.' ? '' : records, headers, ...nextOf(next) }
    const source = httpApiSource(url, id === undefined ? options : { ...options, id })
    return [{ source, addresses: [address] }]
  })
  // A run over some pages leaves the others alone.
  const source = { ...httpSource([...pages], { headers }), covers: (id: string) => pages.has(id) }
  return pages.size === 0 ? apis : [{ source, addresses: [...pages] }, ...apis]
}

function nextOf(next: string | undefined): Pick<NonNullable<Parameters<typeof httpApiSource>[1]>, 'next'> {
  if (next === undefined) return {}
  const [pointer = '', parameter] = next.startsWith('/')
    ? [next]
    : [next.slice(next.indexOf('=') + 1), next.split('=')[0]]
  return { next: parameter === undefined ? { type: 'url', pointer } : { type: 'cursor', pointer, parameter } }
}

/** `RAG_AUTHORIZATION`: a line for each host, and no host gets what is another's. */
function authorization(environment: Environment): (url: URL) => Record<string, string> {
  const lines = (environment['RAG_AUTHORIZATION'] ?? '').split('\n').map((line) => line.trim())
  const values = new Map(
    lines.flatMap((line) => {
      const [, host, value] = /^(\S+)\s+(.+)$/.exec(line) ?? []
      return host === undefined || value === undefined ? [] : [[host.toLowerCase(), value] as const]
    }),
  )
  return ({ host }) => {
    const value = values.get(host)
    return value === undefined ? {} : { authorization: value }
  }
}

function isWithin(address: string, other: string): boolean {
  return other !== address && address.startsWith(other)
}

async function openS3(sources: readonly GivenSource[]): Promise<readonly OpenSource[]> {
  const { s3Source } = await import('@empire/ingest-s3')
  const addresses = sources.map(({ address }) => address)
  // What begins with more is among what begins with less.
  const widest = addresses.filter((address) => !addresses.some((other) => isWithin(address, other)))
  return widest.map((address) => {
    const [bucket = '', ...prefix] = address.slice('s3://'.length).split('/')
    const within = addresses.filter((other) => isWithin(other, address))
    return { source: s3Source({ bucket, prefix: prefix.join('/') }), addresses: [address, ...within] }
  })
}

async function openPostgres(sources: readonly GivenSource[]): Promise<readonly OpenSource[]> {
  const { postgresSource } = await import('@empire/ingest-postgres')
  return sources.map(({ address, password }) => {
    const { connection, query } = readPostgresAddress(address)
    const url = new URL(connection)
    const { host, pathname } = url
    if (password !== undefined) url.password = encodeURIComponent(password)
    const path = (row: PostgresRow): string => `postgres://${host}${pathname}/${String(row['id'])}`
    const source = postgresSource({ name: nameOf('postgres', address), connection: url.href, query, path })
    return { source, addresses: [address] }
  })
}

/** The same for the same address, and another for any other. */
function nameOf(kind: string, address: string): string {
  return `${kind}-${createHash('sha256').update(address).digest('hex').slice(0, 16)}`
}
