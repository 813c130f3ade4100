import type { Message } from '@empire/context'
import type { DraftMessage } from './compaction-draft.ts'
import { findUnits } from './find-units.ts'

/** What became of a message. */
export type CompactionAction = 'remove' | 'summarize' | 'shorten' | 'stub'

/** The place of a message in a draft. */
export interface Slot {
  /** What strategies see of it; another one once the message is replaced. */
  item: DraftMessage
  isLeft: boolean
  edit: { readonly action: CompactionAction; readonly why: string } | undefined
  tokens: number | undefined
}

/** A place for each message, with its unit, and protected where compaction must not touch it. */
export function createSlots(messages: readonly Message[]): Slot[] {
  const units = findUnits(messages)
  const firstSystem = messages.findIndex(({ role }) => role === 'system')
  const isFixed = messages.map(({ pinned }, index) => pinned === true || index === firstSystem)
  const fixed = new Set(units.filter((_, index) => isFixed[index]))
  return messages.map((message, index) => {
    const unit = units[index] ?? index
    return createSlot({ message, index, unit, isProtected: fixed.has(unit) })
  })
}

/** A place that holds its message. */
export function createSlot(item: DraftMessage): Slot {
  return { item: Object.freeze(item), isLeft: true, edit: undefined, tokens: undefined }
}

/** The first place from `start` on that parts no call that is left from its results. */
export function findGap(slots: readonly Slot[], start: number): number {
  let gap = start
  /** The position of the first old message behind the gap. A unit has the number of its first one: a smaller one reaches over the gap. */
  let next: number | undefined
  for (let place = start; place < slots.length; place++) {
    const { item, isLeft } = slots[place] as Slot
    if (item.index === undefined) continue
    next ??= item.index
    if (!isLeft || item.unit >= next) continue
    gap = place + 1
    next = item.index + 1
  }
  return gap
}
