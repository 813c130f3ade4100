import { resolve } from 'node:path'
import { isSecretName, redactText } from '@empire/redaction'
import { UsageError } from './usage-error.ts'

/** What the options of `rag ingest` say about the one source of their kind. */
export interface SourceOptions {
  /** Of a database: the SELECT whose rows are documents. */
  readonly query?: string | undefined
  /** Of a JSON API: where the list is in a page. */
  readonly records?: string | undefined
  /** Of a JSON API: where the next page is. */
  readonly next?: string | undefined
  /** Of a JSON API: where the id of a record is. */
  readonly id?: string | undefined
}

/** A source as it was typed: what is remembered of it, and what is not. */
export interface GivenSource {
  /** All that another run needs to read it again, but for passwords. */
  readonly address: string
  /** Of a database, as typed: for this run only. */
  readonly password?: string | undefined
}

/** Where a scheme is written down, and what stands in its address. */
type ReadAddress = (word: string, options: SourceOptions) => GivenSource

const schemes: Readonly<Record<string, ReadAddress>> = {
  http: readHttp,
  https: readHttp,
  s3: readS3,
  postgres: readPostgres,
  postgresql: readPostgres,
}

/** What stands before "://", if it is no path. */
export function schemeOf(address: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase()
}

/**
 * The sources of what was typed. A path becomes absolute, so that it is the same from every folder; an option becomes a part
 * of the address that it is about.
 *
 * @throws UsageError for a scheme that cannot be read, a secret where it would be kept, or an option without its source.
 */
export function readAddresses(words: readonly string[], options: SourceOptions): GivenSource[] {
  const { query, ...api } = options
  expectOne('query', query, words, ['postgres', 'postgresql'])
  for (const [name, value] of Object.entries(api)) expectOne(name, value, words, ['http', 'https'])
  if (options.records === undefined && (options.next ?? options.id) !== undefined) {
    throw new UsageError('--next and --id are about a JSON API. Give --records, too, as in: --records /items')
  }
  return words.map((word) => {
    if (word.trim() === '' || word === '!') {
      throw new UsageError('A source is expected, as in: rag ingest ./docs --index docs.db, got an empty word.')
    }
    const scheme = schemeOf(word)
    if (scheme === undefined) return { address: word.startsWith('!') ? `!${resolve(word.slice(1))}` : resolve(word) }
    const read = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined
    if (read !== undefined) return read(word, options)
    throw new UsageError(
      `The source ${scheme}://… cannot be read. Sources are files, folders, globs, http(s)://…, s3://… and postgres://….`,
    )
  })
}

function expectOne(name: string, value: string | undefined, words: readonly string[], kinds: readonly string[]): void {
  if (value === undefined) return
  const count = words.filter((word) => kinds.includes(schemeOf(word) ?? '')).length
  if (count === 1) return
  throw new UsageError(`--${name} is about one source ${kinds[0]}://…, but ${count} are given. Give one at a time.`)
}

function readHttp(word: string, { records, next, id }: SourceOptions): GivenSource {
  const url = URL.parse(word)
  if (url === null) throw new UsageError('A source http(s)://… is no URL. Check it.')
  const secret = [...url.searchParams].find(([name, value]) => isSecretName(name) || redactText(value) !== value)
  if (url.username !== '' || url.password !== '' || secret !== undefined) {
    const where = secret === undefined ? 'a user or password' : `a secret (${secret[0]})`
    throw new UsageError(
      `The address at ${url.host} has ${where}, which would be kept in the index. Set RAG_AUTHORIZATION to "${url.host} <value of the header Authorization>" instead.`,
    )
  }
  if (records === undefined) {
    const own = readApi(url.href)
    // An address of a JSON API as `rag status` shows it, or a place in a page, which is no page of its own.
    if (own === undefined) url.hash = ''
    return { address: url.href }
  }
  const pointers = { records, next, id }
  for (const [name, value] of Object.entries(pointers)) expectPointer(name, value)
  const parts = Object.entries(pointers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`],
  )
  url.hash = parts.join('&')
  return { address: url.href }
}

function expectPointer(name: string, value: string | undefined): void {
  if (value === undefined || /^(?:\.$|\/)/.test(value) || (name === 'next' && /^[^/=]+=\//.test(value))) return
  const form = {
    records: 'a place in a page, as /items, or "." for the whole page',
    next: 'the place of a URL, as /links/next, or of a value for a parameter, as cursor=/meta/cursor',
    id: 'a place in a record, as /slug',
  }[name]
  throw new UsageError(`--${name} takes ${form}, got "${value}".`)
}

/** What the address of a JSON API says besides the URL; `undefined` for that of a page. */
export function readApi(address: string): Required<Pick<SourceOptions, 'records' | 'next' | 'id'>> | undefined {
  const parts = new URLSearchParams(new URL(address).hash.slice(1))
  const read = (name: string): string | undefined => parts.get(name) ?? undefined
  const records = read('records')
  return records?.startsWith('/') === true || records === '.'
    ? { records, next: read('next'), id: read('id') }
    : undefined
}

function readS3(word: string): GivenSource {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/@:?#]+)(?:\/(.*))?$/is.exec(word) ?? []
  if (bucket !== undefined) return { address: `s3://${bucket}/${prefix}` }
  throw new UsageError(
    'A source s3://… names a bucket and how its keys begin, as in: s3://handbook/docs/. Credentials are taken from the environment: AWS_ACCESS_KEY_ID, AWS_PROFILE and the like.',
  )
}

/** A database and the query, which is the fragment of the address. */
export interface PostgresAddress {
  readonly connection: string
  readonly query: string
}

/** The parts of the address of a query. */
export function readPostgresAddress(address: string): PostgresAddress {
  const at = address.indexOf('#')
  return { connection: address.slice(0, at), query: address.slice(at + 1) }
}

function readPostgres(word: string, { query: given }: SourceOptions): GivenSource {
  const at = word.indexOf('#')
  const url = URL.parse(at === -1 ? word : word.slice(0, at))
  if (url === null) {
    throw new UsageError('A source postgres://… is no URL. Signs such as "#" in a password are written as %23.')
  }
  const query = (given ?? (at === -1 ? '' : word.slice(at + 1))).trim()
  if (query === '') {
    throw new UsageError(
      'A source postgres://… needs a query, as in: --query "select id, title, body from articles order by id"',
    )
  }
  const password = decodeURIComponent(url.password) || (url.searchParams.get('password') ?? '')
  url.password = ''
  for (const name of Array.from(url.searchParams.keys()).filter(isSecretName)) url.searchParams.delete(name)
  return { address: `${url.href}#${query}`, ...(password !== '' && { password }) }
}
