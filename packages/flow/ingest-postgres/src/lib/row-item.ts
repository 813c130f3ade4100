import { describeValue } from '@empire/errors'
import { IngestError, type JsonValue, type SourceContent, type SourceItem } from '@empire/ingest'
import type { PostgresRow, PostgresValue } from './decode-value.ts'
import type { QueriedRow } from './query-rows.ts'

/** What is made of a row. */
export interface RowOptions {
  /** The column that identifies a row, or a function that gives its id. Default: `id`. */
  readonly id?: string | ((row: PostgresRow) => string) | undefined
  /**
   * A column that changes whenever the content does, such as `updated_at`, a counter, or `xmin::text`: a row with the same is not read
   * again. Default: none, the content is compared.
   */
  readonly version?: string | undefined
  /** The column with the content, as PostgreSQL writes it (`bytea` as bytes), or a function that makes it. Default: the row as JSON. */
  readonly content?: string | ((row: PostgresRow) => string | Uint8Array) | undefined
  /** Of the content. Default: `application/json` without `content`, else `text/plain`. */
  readonly mediaType?: string | ((row: PostgresRow) => string) | undefined
  /** For people. Default: the name of the source with the id behind a slash. */
  readonly path?: ((row: PostgresRow) => string) | undefined
  /** What else is known of a row, for the sink. Default: nothing. */
  readonly metadata?: ((row: PostgresRow) => Readonly<Record<string, JsonValue>>) | undefined
}

/**
 * The item for a row of the source with this name; one that fails for a row that has no id, or for which a function throws.
 *
 * @param place Of the row among all, from 0.
 */
export function toItem(found: QueriedRow, options: RowOptions, name: string, place: number): SourceItem {
  const { id: identify = 'id', version, path: describe } = options
  const { row } = found
  // A column that is missing is missing in all rows.
  const mark = version === undefined ? null : textOf(found, version, name)
  let id: unknown
  if (typeof identify === 'string') id = textOf(found, identify, name)
  let path: string | undefined
  try {
    if (typeof identify === 'function') id = identify(row)
    if (typeof id !== 'string' || id === '') {
      throw new IngestError('malformed', name, `expected each row to have an id, got ${describeValue(id)} as one.`)
    }
    path = describe?.(row)
  } catch (error) {
    return failingItem(id, name, place, error)
  }
  return {
    id,
    path: path ?? `${name}/${id}`,
    version: mark ?? undefined,
    async read({ signal } = {}) {
      signal?.throwIfAborted()
      return contentOf(found, options, name)
    },
  }
}

/** Without an id, it may be any: nothing is then taken for deleted. */
function failingItem(id: unknown, name: string, place: number, error: unknown): SourceItem {
  const known = typeof id === 'string' && id !== '' ? id : undefined
  return {
    id: known ?? `row ${place}`,
    path: known === undefined ? name : `${name}/${known}`,
    ...(known === undefined && { hides: () => true }),
    async read({ signal } = {}) {
      signal?.throwIfAborted()
      throw error
    },
  }
}

function contentOf(found: QueriedRow, options: RowOptions, name: string): SourceContent {
  const { content, mediaType = content === undefined ? 'application/json' : 'text/plain', metadata } = options
  const { row } = found
  const made =
    typeof content === 'function' ? content(row) : content === undefined ? jsonOf(row) : columnOf(found, content, name)
  if (typeof made !== 'string' && !(made instanceof Uint8Array)) {
    throw new TypeError(`Expected "content" to give a text or bytes, got ${describeValue(made)}.`)
  }
  return {
    bytes: typeof made === 'string' ? new TextEncoder().encode(made) : made,
    mediaType: typeof mediaType === 'function' ? mediaType(row) : mediaType,
    ...(metadata !== undefined && { metadata: metadata(row) }),
  }
}

function columnOf(found: QueriedRow, name: string, source: string): string | Uint8Array {
  const text = textOf(found, name, source) ?? ''
  const value = found.row[name]
  return value instanceof Uint8Array ? value : text
}

function textOf(found: QueriedRow, column: string, source: string): string | null {
  const text = found.text(column)
  if (text !== undefined) return text
  const columns = Object.keys(found.row)
  throw new IngestError(
    'query_failed',
    source,
    `the query gives no column "${column}", but ${columns.join(', ') || 'none'}.`,
  )
}

function jsonOf(row: PostgresRow): string {
  return JSON.stringify(
    row,
    (_key, value: PostgresValue) => {
      // Nor has JSON infinity, and what is no number.
      if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value)
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
    },
    2,
  )
}
