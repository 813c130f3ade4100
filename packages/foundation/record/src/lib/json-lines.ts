import { expectKnownKeys } from '@empire/errors'
import { expectStore } from './expect-option.ts'
import { RecordDamagedError } from './record-damaged-error.ts'
import { formatLine } from './record-line.ts'
import type { RecordStore } from './record-store.ts'

/**
 * What any store holds, as the lines of a JSON Lines file, each with its line feed: written to one, `createJsonlStore` reads it and
 * `verify` checks it, with the same `head`.
 *
 * A damage throws `record_damaged`; a last line that was cut off while it was written is left out. Hashes are not checked.
 */
export async function* jsonLines(
  store: RecordStore,
  options: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<string> {
  expectStore(store)
  expectKnownKeys('"options"', options, ['signal'])
  const { signal } = options
  signal?.throwIfAborted()
  for await (const stored of store.read()) {
    signal?.throwIfAborted()
    if (!('damage' in stored)) yield `${formatLine(stored.text, stored.hash as `sha256:${string}`, stored.contents)}\n`
    else if (stored.torn === undefined) throw new RecordDamagedError(stored.place, stored.damage)
  }
}
