import type { Message, Role } from '@empire/context'
import type { CompactionAction } from './draft-slots.ts'

/** What happens to one message. */
export interface PlannedChange {
  /** Its position in the context. */
  readonly index: number
  readonly id: string
  readonly role: Role
  readonly action: CompactionAction
  /** In words: `not among the newest 20`. */
  readonly why: string
}

/** Before and after. */
export interface Change {
  readonly before: number
  readonly after: number
}

/** What becomes of the beginning of the prompt that the provider has in its cache. */
export interface CachedPrefix {
  /** The tokens that are in the cache now. */
  readonly cachedTokens: number
  /** Those of them that the new prompt begins with: of whole messages, which are the same in both. */
  readonly keptTokens: number
  /** All others. */
  readonly lostTokens: number
  /** The lost part of what is cached, from 0 to 1. */
  readonly lostShare: number
}

/**
 * What prompts cost, in the currency of the prices; answers, summaries and what is said next are not in it.
 *
 * Both ways, the first request puts in the cache what is not there, and each later one finds all of it.
 */
export interface CompactionCost {
  /** The first request and each later one, without the compaction. */
  readonly without: RequestCost
  /** The same with it. */
  readonly with: RequestCost
  /** What the first request costs above a later one: for putting the new prompt in the cache. */
  readonly recaching: number
  /** What each later request costs less with the compaction than without; below 0 if it costs more. */
  readonly savedPerRequest: number
  /** From how many requests on the compaction has cost no more than going on without it; `undefined`: never for good. */
  readonly requestsToPay: number | undefined
}

/** In the currency of the prices. */
export interface RequestCost {
  readonly first: number
  readonly later: number
}

/** Something that the plan lives with. */
export interface CompactionWarning {
  /** The code of the error, or `not_shorter`. */
  readonly code: string
  readonly message: string
}

/** What a compaction would do. Nothing is done before `apply(plan)`. Frozen. */
export interface CompactionPlan {
  /** The name of the strategy. */
  readonly strategy: string
  /** The messages that do not stay as they are, oldest first. Empty: there is nothing to do. */
  readonly changes: readonly PlannedChange[]
  /** Messages that come in: summaries. */
  readonly added: readonly Message[]
  /** The number of messages. */
  readonly messages: Change
  /**
   * The messages of the compacted context, by index, up to which the provider should cache it: the last one that stands at its
   * beginning as before, the last one that the compaction brings in, and the last of all. For `cacheBreakpoints` of a request.
   */
  readonly cacheBreakpoints: readonly number[]
  /** Tokens of the prompt; `undefined` if they cannot be counted. */
  readonly tokens: Change | undefined
  /**
   * The position of the first byte that changes in `context.render()`, in UTF-8; the text is the same up to there.
   * `undefined` if nothing changes, or if it cannot be rendered.
   */
  readonly firstChangedByte: number | undefined
  /** `undefined` if tokens cannot be counted. */
  readonly cache: CachedPrefix | undefined
  /** `undefined` without prices. */
  readonly cost: CompactionCost | undefined
  /** Problems that do not stand in the way. */
  readonly warnings: readonly CompactionWarning[]
}
