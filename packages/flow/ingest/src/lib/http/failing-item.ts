import type { SourceItem } from '../source.ts'

/** An item that stands for what cannot be listed in order: its reading rejects with `error`. */
export function failingItem(id: string, path: string, error: unknown): SourceItem {
  return {
    id,
    path,
    async read({ signal } = {}) {
      signal?.throwIfAborted()
      throw error
    },
  }
}
