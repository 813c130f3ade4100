import type { Entry } from './entry.ts'

/** An entry as it is stored: short names, since there are many. */
interface StoredRecord {
  /** The value; none if it is known that there is none. */
  v?: unknown
  /** Fresh until, if not for ever. */
  f?: number
  /** Kept until, if not for ever. */
  k?: number
  /** Labels. */
  l: readonly string[]
  /** Versions of the labels. */
  s: readonly string[]
}

export interface StoredEntry extends Entry {
  readonly versions: readonly string[]
}

export function toRecord({ value, freshUntil, keptUntil, labels, versions }: StoredEntry): object {
  const record: StoredRecord = { l: labels, s: versions }
  if (value !== undefined) record.v = value
  if (freshUntil !== Infinity) record.f = freshUntil
  if (keptUntil !== Infinity) record.k = keptUntil
  return record
}

/** The entry of a record, or `undefined` for anything else that lies in a store. */
export function fromRecord(record: unknown): StoredEntry | undefined {
  if (typeof record !== 'object' || record === null) return undefined
  const { v: value, f: freshUntil = Infinity, k: keptUntil = Infinity, l: labels, s: versions } = record as StoredRecord
  if (!isTexts(labels) || !isTexts(versions) || labels.length !== versions.length) return undefined
  if (typeof freshUntil !== 'number' || typeof keptUntil !== 'number') return undefined
  return { value, freshUntil, keptUntil, labels, versions }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
