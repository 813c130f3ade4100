import type { Context, Message } from '@empire/context'
import { checkReceipt } from './check-receipt.ts'
import type { CompactionReceipt } from './compaction-receipt.ts'
import { markMessages } from './mark-messages.ts'
import { expectContext } from './read-request.ts'
import { invalidReceipt, ReceiptError } from './receipt-error.ts'

/**
 * Undoes a compaction: the old messages come back, equal by hash, in front of those that were added since. The settings are
 * those that the context has now.
 *
 * Compactions of compactions are undone in reverse order, the newest receipt first. Throws `ReceiptError`; nothing is given
 * back that is not exactly what there was.
 */
export function restore(context: Context, receipt: CompactionReceipt): Context {
  expectContext(context)
  const { before, after, removed, added } = checkReceipt(receipt)
  const compacted = context.messages.slice(0, after.length)
  if (compacted.length !== after.length || markMessages(compacted).hash !== after.hash) {
    throw new ReceiptError(
      'receipt_mismatch',
      `The context does not begin with the ${after.length} messages that this compaction left. Restore newer compactions first, in reverse order.`,
      { details: { length: context.length, expectedLength: after.length, expectedHash: after.hash } },
    )
  }
  const positions = new Set(added)
  const kept = compacted.filter((_, index) => !positions.has(index)).values()
  const lost = new Map(removed.map(({ index, message }) => [index, message]))
  const old = Array.from({ length: before.length }, (_, index) => lost.get(index) ?? (kept.next().value as Message))
  const restored = readMessages(context, old)
  if (markMessages(restored.messages).hash !== before.hash) {
    throw invalidReceipt('its messages do not have the hash that it says')
  }
  return restored.withMessages([...restored.messages, ...context.messages.slice(after.length)])
}

/** Messages that came as JSON are checked; the others are shared. */
function readMessages(context: Context, messages: readonly Message[]): Context {
  try {
    return context.withMessages(messages)
  } catch (error) {
    throw invalidReceipt('it holds something that is no message', error)
  }
}
