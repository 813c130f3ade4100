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
  const ends = new Map<number, number>()
  for (const [place, { item, isLeft }] of slots.entries()) if (isLeft) ends.set(item.unit, place)
  let gap = 0
  for (const [place, { item, isLeft }] of slots.entries()) {
    if (place >= start && place >= gap) break
    if (isLeft) gap = Math.max(gap, (ends.get(item.unit) ?? place) + 1)
  }
  return Math.max(gap, start)
}
