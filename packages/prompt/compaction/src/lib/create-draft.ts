import type { Context, Message } from '@empire/context'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import { type CompactionAction, createSlot, createSlots, findGap, type Slot } from './draft-slots.ts'
import { createMessageCounter, type MessageCounter } from './message-counter.ts'
import type { CompactionRequest } from './read-request.ts'
import { replaceText } from './replace-text.ts'

/** A draft and what its maker has over it. */
export interface DraftControl {
  readonly draft: CompactionDraft
  /** Ends the changes, and gives all places: those of the old messages and of summaries, in order. */
  finish(): readonly Slot[]
}

/** A draft of all messages of the context. */
export function createDraft({ context, strategy, options, own }: CompactionRequest): DraftControl {
  const slots = createSlots(context.messages)
  const places = new Map<DraftMessage, Slot>(slots.map((slot) => [slot.item, slot]))
  const units = Map.groupBy(slots, ({ item }) => item.unit)
  let messages: readonly DraftMessage[] | undefined
  let counter: MessageCounter | undefined
  let tokens: number | undefined
  let left = slots.length
  let isOpen = true

  const draft: CompactionDraft = {
    context,
    options,
    maxTokens: options.maxTokens ?? context.maxTokens,
    findSummarizer: (given) => own.summarizer ?? given ?? options.summarizer,
    get messages() {
      messages ??= Object.freeze(slots.filter(({ isLeft }) => isLeft).map(({ item }) => item))
      return messages
    },
    get tokens() {
      tokens ??= slots.reduce((sum, slot) => sum + (slot.isLeft ? countSlot(slot) : 0), 0)
      return left === 0 ? 0 : tokens + openCounter().overhead
    },
    tokensOf: (message) => countSlot(find(message)),
    remove: (message, why) => takeUnit(find(message), 'remove', why),
    shorten: (message, text, why) => replace(message, 'shorten', text, why),
    stub: (message, text, why) => replace(message, 'stub', text, why),
    summarize(covered, text, why) {
      const given = new Set(covered.map(find))
      const first = slots.findIndex((slot) => slot.isLeft && given.has(slot))
      if (first === -1) throw new TypeError(`${strategy.name}: none of the messages to summarize is in the draft.`)
      for (const slot of given) takeUnit(slot, 'summarize', why)
      insert(createSummary(context, text, covered), findGap(slots, first))
    },
  }
  return { draft: Object.freeze(draft), finish }

  function finish(): readonly Slot[] {
    isOpen = false
    return slots
  }

  function openCounter(): MessageCounter {
    counter ??= createMessageCounter(context, options.assigns)
    return counter
  }

  function countSlot(slot: Slot): number {
    slot.tokens ??= openCounter().count(slot.item.message)
    return slot.tokens
  }

  function find(message: DraftMessage): Slot {
    const slot = places.get(message)
    if (slot !== undefined) return slot
    throw new TypeError(`${strategy.name}: this message is not one of the draft's. Take it from "draft.messages".`)
  }

  function takeUnit(slot: Slot, action: CompactionAction, why: string): void {
    expectChangeable(slot, action)
    if (!slot.isLeft) return
    for (const member of units.get(slot.item.unit) ?? []) {
      if (!member.isLeft) continue
      if (tokens !== undefined) tokens -= countSlot(member)
      member.isLeft = false
      member.edit = { action, why }
      left--
    }
    messages = undefined
  }

  function replace(message: DraftMessage, action: 'shorten' | 'stub', text: string, why: string): void {
    const slot = find(message)
    expectChangeable(slot, action)
    if (!slot.isLeft) return
    const before = tokens === undefined ? 0 : countSlot(slot)
    slot.item = Object.freeze({ ...slot.item, message: replaceText(context, slot.item.message, action, text) })
    slot.edit = { action, why }
    slot.tokens = undefined
    places.set(slot.item, slot)
    if (tokens !== undefined) tokens += countSlot(slot) - before
    messages = undefined
  }

  function insert(message: Message, place: number): void {
    const slot = createSlot({ message, index: undefined, unit: nextUnit(), isProtected: false })
    slots.splice(place, 0, slot)
    places.set(slot.item, slot)
    units.set(slot.item.unit, [slot])
    left++
    if (tokens !== undefined) tokens += countSlot(slot)
    messages = undefined
  }

  /** Units of the old messages are numbered by their positions. */
  function nextUnit(): number {
    return slots.length
  }

  function expectChangeable(slot: Slot, action: CompactionAction): void {
    const { isProtected, index, message } = slot.item
    if (!isOpen) throw new TypeError(`${strategy.name} changes a draft that is finished. Is an "await" missing?`)
    if (!isProtected) return
    throw new TypeError(
      `${strategy.name} must not ${action} messages[${index}] (${message.role}): it is pinned, the first system message, or of one unit with these. Leave out those whose "isProtected" is true.`,
    )
  }
}

function createSummary(context: Context, text: string, covered: readonly DraftMessage[]): Message {
  // What stands for important messages is as important.
  const priority = covered.reduce((highest, { message }) => Math.max(highest, message.priority ?? 0), 0)
  const parts = { tags: ['summary'], priority: priority === 0 ? undefined : priority }
  return context.withMessages([{ role: 'assistant', raw: text, ...parts }]).messages[0] as Message
}
