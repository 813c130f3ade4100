import type { CompactionReceipt } from './compaction-receipt.ts'
import { invalidReceipt } from './receipt-error.ts'

type Loose = Readonly<Record<string, unknown>>

/** The value as a receipt whose numbers agree with each other. Throws `ReceiptError` with the code `invalid_receipt`. */
export function checkReceipt(value: unknown): CompactionReceipt {
  if (!isObject(value)) throw invalidReceipt('it is no object')
  const { version, strategy, before, after, removed, added } = value
  if (version !== 1) throw invalidReceipt('its version is not 1')
  if (typeof strategy !== 'string') throw invalidReceipt('"strategy" is no string')
  if (!isMark(before)) throw invalidReceipt('"before" has no length and hash')
  if (!isMark(after)) throw invalidReceipt('"after" has no length and hash')
  if (!Array.isArray(removed)) throw invalidReceipt('"removed" is no array')
  if (!Array.isArray(added)) throw invalidReceipt('"added" is no array')
  expectPositions(
    'removed',
    removed.map((entry: unknown) => (isObject(entry) ? entry['index'] : undefined)),
    before.length,
  )
  expectPositions('added', added, after.length)
  if (before.length - removed.length !== after.length - added.length) throw invalidReceipt('its lengths do not add up')
  return value as unknown as CompactionReceipt
}

/** They rise, and stay below the length: so all later work is bounded by what the receipt itself holds. */
function expectPositions(name: string, positions: readonly unknown[], length: number): void {
  let last = -1
  for (const position of positions) {
    if (!Number.isSafeInteger(position) || (position as number) <= last || (position as number) >= length) {
      throw invalidReceipt(`the positions in "${name}" do not rise from 0 to below ${length}`)
    }
    last = position as number
  }
}

function isMark(value: unknown): value is { length: number; hash: string } {
  if (!isObject(value)) return false
  return Number.isSafeInteger(value['length']) && (value['length'] as number) >= 0 && typeof value['hash'] === 'string'
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
