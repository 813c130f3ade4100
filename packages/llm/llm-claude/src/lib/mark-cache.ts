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
}

/** The most marks of a request. */
const most = 4

/** The tokenizers of newer models cut finer than the estimate: what is left out is surely too short. */
const margin = 1.5

const { count } = createEstimator()

/**
 * The context with marks for the cache in the metadata of its messages, where its wire door finds them.
 *
 * The API takes four marks; those that messages carry already count. Of more, the first and the last ones stay: the first
 * prefix is the one that other conversations share, the last ones are what the next turn reads. A mark of a prefix shorter
 * than the model caches is left out, and so is one past the end. A mark behind an empty message moves before it.
 */
export function markCache(context: Context, { breakpoints, control, minTokens, before }: CacheMarks): Context {
  if (breakpoints.length === 0) return context
  const { messages } = context
  const free = most - messages.filter(isMarked).length
  const first = firstCached(messages, minTokens, before)
  const solid = lastSolid(messages)
  const places = [...new Set(breakpoints.map((index) => solid[index] ?? -1))]
    .filter((index) => index >= first && !isMarked(messages[index] as Message))
    .toSorted((one, other) => one - other)
  const chosen = new Set(places.length <= free ? places : keepEnds(places, free))
  if (chosen.size === 0) return context
  return context.withMessages(messages.map((message, index) => (chosen.has(index) ? mark(message, control) : message)))
}

function keepEnds(places: readonly number[], free: number): readonly number[] {
  if (free <= 0) return []
  return [...places.slice(0, 1), ...(free === 1 ? [] : places.slice(1 - free))]
}

/** For each message the last one up to it that becomes a block; -1 where there is none. */
function lastSolid(messages: readonly Message[]): number[] {
  let last = -1
  return messages.map((message, index) => (last = isEmpty(message) ? last : index))
}

/** The first message whose end is far enough from the beginning. What media cost is not known, and taken to be enough. */
function firstCached(messages: readonly Message[], minTokens: number, before: unknown): number {
  let tokens = before === undefined ? 0 : count(JSON.stringify(before))
  for (const [index, { role, raw }] of messages.entries()) {
    tokens += role === 'media' ? minTokens : count(raw)
    if (tokens * margin >= minTokens) return index
  }
  return messages.length
}

function isEmpty({ role, raw, template }: Message): boolean {
  return role !== 'tool' && role !== 'tool_result' && role !== 'media' && template === undefined && !/\S/.test(raw)
}

function isMarked({ metadata }: Message): boolean {
  return claudeFields(metadata)['cache_control'] !== undefined
}

function mark(message: Message, control: CacheControl): Message {
  const { metadata } = message
  return { ...message, metadata: { ...metadata, claude: { ...claudeFields(metadata), cache_control: control } } }
}

function claudeFields(metadata: Message['metadata']): Readonly<Record<string, unknown>> {
  const fields = metadata?.['claude']
  return typeof fields === 'object' && fields !== null ? (fields as Readonly<Record<string, unknown>>) : {}
}
