import { types } from 'pg'
import { type JsonValue, parseExactJson } from '@empire/ingest'
import type { ElementTypes } from './element-types.ts'

/**
 * A value of PostgreSQL without loss:
 *
 * - `bigint` as a bigint, other whole and floating numbers as numbers, `numeric` as a text;
 * - `bytea` as bytes, `json` and `jsonb` as what they say, with numbers that JavaScript cannot hold exactly as texts;
 * - `timestamptz` as a text of ISO 8601 in UTC, with all its digits: `2028-01-31T12:00:00.123456Z`;
 * - arrays as arrays, NULL as `null`;
 * - all else as the text that PostgreSQL gives, intervals in ISO 8601.
 */
export type PostgresValue = bigint | Uint8Array | JsonValue | readonly PostgresValue[]

/** A row by the names of its columns. */
export type PostgresRow = Readonly<Record<string, PostgresValue>>

type Decode = (text: string) => PostgresValue

// The ids of types are those of pg_type.dat; they are the same in every PostgreSQL.
const decoders: ReadonlyMap<number, Decode> = new Map<number, Decode>([
  [16, (text) => text === 't'],
  [17, (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))],
  [20, BigInt],
  [21, Number],
  [23, Number],
  [26, Number],
  [114, parseExactJson],
  [700, Number],
  [701, Number],
  [1184, toIsoTime],
  [3802, parseExactJson],
])

/** That of `text[]`: its elements stay texts. */
const splitArray = types.getTypeParser(1009 as number as Parameters<typeof types.getTypeParser>[0], 'text') as (
  text: string,
) => unknown

/** @param type The id of its type. */
export function decodeValue(text: string | null, type: number, elements: ElementTypes): PostgresValue {
  if (text === null) return null
  const element = elements.get(type)
  if (element === undefined) return decoders.get(type)?.(text) ?? text
  return decodeElements(splitArray(text), element, elements)
}

/** Arrays lie at most six deep. */
function decodeElements(value: unknown, type: number, elements: ElementTypes): PostgresValue {
  if (Array.isArray(value)) return value.map((entry) => decodeElements(entry, type, elements))
  return decodeValue(value as string | null, type, elements)
}

/** Years before Christ, from 10000 on, and `infinity` stay as they are. */
function toIsoTime(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/, '$1T$2Z')
}
