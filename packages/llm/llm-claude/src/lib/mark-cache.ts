import type { Context, Message } from '@empire/context'
import { createEstimator } from '@empire/tokens'

/** What the API takes as the mark of a cached prefix. */
export interface CacheControl {
  readonly type: 'ephemeral'
  readonly ttl?: '5m' | '1h' | undefined
}

/** Where to mark, and how. */
export interface CacheMarks {
  /** After which messages, by index. */
  readonly breakpoints: readonly number[]
  readonly control: CacheControl
  /** The shortest prefix that the model caches, in tokens. */
  readonly minTokens: number
  /** What stands before all messages, as it is sent: the tools. */
  readonly before: unknown
  /** How many marks there are elsewhere in the request. */
  readonly taken: number
}

/** The most marks of a request. */
const most = 4

/** The tokenizers of newer models cut finer than the estimate: what is left out is surely too short. */
const margin = 1.5

const { count } = createEstimator()

/**
 * The context with marks for the cache in the metadata of its messages, where its wire door finds them.
 *
 * The API takes four marks. Those that messages carry already go first; of more than there is room for, the first and the last
 * ones stay: the first prefix is the one that other conversations share, the last ones are what the next turn reads. A breakpoint
 * whose prefix is shorter than the model caches is left out, and so is one past the end. One behind an empty message moves before it.
 */
export function markCache(context: Context, marks: CacheMarks): Context {
  const { messages } = context
  const carried = messages.flatMap((message, index) => (isMarked(message) ? [index] : []))
  const { breakpoints, control, taken } = marks
  const kept = keepEnds(carried, most - taken)
  if (breakpoints.length === 0 && kept.length === carried.length) return context
  const added = new Set(keepEnds(findPlaces(messages, marks), most - taken - kept.length))
  const stays = new Set(kept)
  const dropped = new Set(carried.filter((index) => !stays.has(index)))
  if (added.size === 0 && dropped.size === 0) return context
  return context.withMessages(
    messages.map((message, index) => {
      if (added.has(index)) return mark(message, control)
      return dropped.has(index) ? mark(message, undefined) : message
    }),
  )
}

/** The messages without a mark behind which there is to be one, rising. */
function findPlaces(messages: readonly Message[], { breakpoints, minTokens, before }: CacheMarks): readonly number[] {
  if (breakpoints.length === 0) return []
  const first = firstCached(messages, minTokens, before)
  const solid = lastSolid(messages)
  return [...new Set(breakpoints.map((index) => solid[index] ?? -1))]
    .filter((index) => index >= first && !isMarked(messages[index] as Message))
    .toSorted((one, other) => one - other)
}

function keepEnds(places: readonly number[], free: number): readonly number[] {
  if (places.length <= free) return places
  if (free <= 0) return []
  return [...places.slice(0, 1), ...(free === 1 ? [] : places.slice(1 - free))]
}

/** For each message the last one up to it that becomes a block; -1 where there is none. */
function lastSolid(messages: readonly Message[]): number[] {
  let last = -1
  return messages.map((message, index) => (last = isEmpty(message) ? last : index))
}

/** The first message whose end is far enough from the beginning. */
function firstCached(messages: readonly Message[], minTokens: number, before: unknown): number {
  let tokens = before === undefined ? 0 : count(JSON.stringify(before))
  for (const [index, message] of messages.entries()) {
    tokens += isOpen(message) ? minTokens : count(message.raw)
    if (tokens * margin >= minTokens) return index
  }
  return messages.length
}

/** Whether its text does not say what it costs, which is taken to be enough: of media, templates, and what is kept with it. */
function isOpen({ role, template, metadata }: Message): boolean {
  return role === 'media' || template !== undefined || claudeFields(metadata)['thinking'] !== undefined
}

function isEmpty({ role, raw, template }: Message): boolean {
  return role !== 'tool' && role !== 'tool_result' && role !== 'media' && template === undefined && !/\S/.test(raw)
}

function isMarked({ metadata }: Message): boolean {
  return claudeFields(metadata)['cache_control'] !== undefined
}

function mark(message: Message, control: CacheControl | undefined): Message {
  const { metadata } = message
  const { cache_control: _, ...fields } = claudeFields(metadata)
  const claude = control === undefined ? fields : { ...fields, cache_control: control }
  return { ...message, metadata: { ...metadata, claude } }
}

function claudeFields(metadata: Message['metadata']): Readonly<Record<string, unknown>> {
  const fields = metadata?.['claude']
  return typeof fields === 'object' && fields !== null ? (fields as Readonly<Record<string, unknown>>) : {}
}
