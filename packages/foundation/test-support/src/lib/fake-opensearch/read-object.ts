import { parsingFailure } from './opensearch-failure.ts'

export type JsonObject = { readonly [key: string]: unknown }

/** An object of a body, with no key but those that the documentation lists. */
export function readObject(place: string, value: unknown, known?: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw parsingFailure(`[${place}] must be an object, found ${JSON.stringify(value) ?? 'nothing'}`)
  }
  const unknown = known && Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined) throw parsingFailure(`[${place}] unknown field [${unknown}]`)
  return value as JsonObject
}

/** The only entry of an object, as in `{ term: { field: … } }`. */
export function readEntry(place: string, value: unknown): readonly [key: string, value: unknown] {
  const entries = Object.entries(readObject(place, value))
  const [entry] = entries
  if (entry === undefined || entries.length > 1) {
    throw parsingFailure(`[${place}] malformed query, expected one field, found ${entries.length}`)
  }
  return entry
}

export function readArray(place: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw parsingFailure(`[${place}] must be an array, found ${JSON.stringify(value)}`)
  return value
}

export function readText(place: string, value: unknown): string {
  if (typeof value !== 'string') throw parsingFailure(`[${place}] must be a string, found ${JSON.stringify(value)}`)
  return value
}

export function readNumber(place: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw parsingFailure(`[${place}] must be a number from ${least} to ${most}, found ${JSON.stringify(value)}`)
  }
  return value
}

export function readWhole(place: string, value: unknown, least: number, most: number): number {
  const read = readNumber(place, value, least, most)
  if (!Number.isInteger(read)) throw parsingFailure(`[${place}] must be a whole number, found ${read}`)
  return read
}

export function readFlag(place: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw parsingFailure(`[${place}] must be a boolean, found ${JSON.stringify(value)}`)
  return value
}

export function readChoice(place: string, value: unknown, known: readonly unknown[]): void {
  if (!known.includes(value)) {
    throw parsingFailure(`[${place}] must be one of ${JSON.stringify(known)}, found ${JSON.stringify(value)}`)
  }
}
