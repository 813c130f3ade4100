import { hash } from 'node:crypto'
import { describeValue } from '@empire/errors'
import { jsonText } from '@empire/record'
import { checkReceipt } from './check-receipt.ts'
import type { CompactionReceipt } from './compaction-receipt.ts'
import { invalidReceipt, ReceiptError } from './receipt-error.ts'
import type { ReceiptStore } from './receipt-store.ts'

/** A receipt whose messages are in a store. Plain JSON data without content. */
export interface ArchivedReceipt extends Omit<CompactionReceipt, 'removed'> {
  /** The key of the removed messages in the store: `sha256:` and the hash of their JSON. */
  readonly archived: string
}

/** Puts the removed messages in a store, and gives a receipt that says where. What the store throws is passed on. */
export async function archiveReceipt(receipt: CompactionReceipt, store: ReceiptStore): Promise<ArchivedReceipt> {
  expectStore(store)
  const { removed, ...rest } = checkReceipt(receipt)
  const text = jsonText(removed)
  const archived = keyOf(text)
  await store.set(archived, text)
  return Object.freeze({ ...rest, archived })
}

/**
 * The receipt with its messages, for `restore`. What the store throws is passed on; `ReceiptError` says that it has lost
 * the messages, or holds others.
 */
export async function loadReceipt(receipt: ArchivedReceipt, store: ReceiptStore): Promise<CompactionReceipt> {
  expectStore(store)
  const { archived, ...rest } = (receipt ?? {}) as Partial<ArchivedReceipt>
  if (typeof archived !== 'string') throw invalidReceipt('"archived" is no key')
  const text: unknown = await store.get(archived)
  if (text === undefined || text === null) {
    throw new ReceiptError('receipt_not_found', `The store has nothing under ${archived}. Is it the right one?`, {
      details: { archived },
    })
  }
  if (typeof text !== 'string' || keyOf(text) !== archived) throw invalidReceipt('the store holds another text')
  return checkReceipt({ ...rest, removed: JSON.parse(text) })
}

function keyOf(text: string): string {
  return `sha256:${hash('sha256', text)}`
}

function expectStore(store: ReceiptStore): void {
  if (typeof store?.get === 'function' && typeof store.set === 'function') return
  throw new TypeError(`"store" must have get and set, as a Map has, got ${describeValue(store)}.`)
}
