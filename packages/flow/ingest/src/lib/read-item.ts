import { abortable } from '@empire/clock'
import type { SourceContent, SourceItem } from './source.ts'

/** What came of reading an item. */
export type ReadResult =
  | { readonly ok: true; readonly content: SourceContent | undefined }
  | { readonly ok: false; readonly error: unknown }

/** Reads an item. Never rejects: the failure is looked at when it is the item's turn. */
export async function readItem(
  item: SourceItem,
  version: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ReadResult> {
  try {
    return { ok: true, content: await abortable(item.read({ version, signal }), signal) }
  } catch (error) {
    return { ok: false, error }
  }
}
