import { hash } from 'node:crypto'

/** Where the count of a text by a counter is kept: by their names and contents, whoever asks. The text is not in it. */
export function countKey(counter: string, text: string): string {
  return `tokens:1:${counter}:${hash('sha256', text)}`
}

/** A count and a checksum over it and its key: entries of others, or swapped, do not pass for counts. */
export function writeEntry(key: string, tokens: number): string {
  return `${tokens} ${hash('sha256', `${key} ${tokens}`).slice(0, 16)}`
}

/** The count in an entry, or `undefined` if it is none that `writeEntry` has made for this key. */
export function readEntry(key: string, entry: unknown): number | undefined {
  if (typeof entry !== 'string') return undefined
  const tokens = Number.parseInt(entry, 10)
  return tokens > 0 && entry === writeEntry(key, tokens) ? tokens : undefined
}
