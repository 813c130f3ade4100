import { equal } from 'node:assert/strict'
import { type Context, createContext, type Message } from '@empire/context'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, type AppliedCompaction } from './apply.ts'
import { byPriority } from './by-priority.ts'
import { CannotFitError } from './cannot-fit-error.ts'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import type { CompactionOptions } from './compaction-options.ts'
import type { CachedPrefix, CompactionPlan } from './compaction-plan.ts'
import type { CompactionReceipt } from './compaction-receipt.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { dropToolResults } from './drop-tool-results.ts'
import { keepRecent } from './keep-recent.ts'
import { newestUnits } from './newest-units.ts'
import { plan } from './plan.ts'
import { restore } from './restore.ts'
import { sequence } from './sequence.ts'
import { shorten } from './shorten.ts'
import { summarizeHistory } from './summarize-history.ts'
import { fits, until } from './until.ts'

const letters = { name: 'letters', exact: true, count: (text: string) => text.length }

interface Turn {
  readonly kind: 'system' | 'user' | 'assistant' | 'media' | 'call' | 'result'
  readonly length: number
  readonly pick: number
  readonly pinned: boolean
  readonly priority: number
}

const turn: fc.Arbitrary<Turn> = fc.record({
  kind: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom('system' as const, 'media' as const) },
    {
      weight: 5,
      arbitrary: fc.constantFrom('user' as const, 'assistant' as const, 'call' as const, 'result' as const),
    },
  ),
  length: fc.oneof(fc.nat(30), fc.nat(3000)),
  pick: fc.nat(),
  pinned: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  priority: fc.integer({ min: -2, max: 2 }),
})

/** Results answer any of the calls that wait, in any order; ids come again; a window may begin behind a call. */
const histories: fc.Arbitrary<Context> = fc
  .tuple(fc.array(turn, { maxLength: 40 }), fc.nat(5))
  .map(([turns, start]) => {
    let context = createContext({ tokenCounter: letters })
    const waiting: string[] = []
    for (const { kind, length, pick, pinned, priority } of turns) {
      const text = '😀x'.repeat(length / 3)
      const parts = { pinned, priority }
      const id = `c${pick % 7}`
      const answered = waiting.length === 0 ? undefined : waiting[pick % waiting.length]
      if (kind === 'media')
        context = context.media({ mimeType: 'image/png', url: `https://a.example/${pick}`, ...parts })
      else if (kind === 'call' && !waiting.includes(id)) {
        waiting.push(id)
        context = context.toolCall({ id, tool: `t${pick % 3}`, args: { text: text.slice(0, 50) }, ...parts })
      } else if (kind === 'result' && answered !== undefined) {
        waiting.splice(waiting.indexOf(answered), 1)
        context = context.toolResult({ id: answered, result: pick % 2 === 0 ? text : { text }, ...parts })
      } else context = context[kind === 'system' || kind === 'user' ? kind : 'assistant'](text, parts)
    }
    return start === 0 ? context.slice(1) : context
  })

const count = fc.integer({ min: 1, max: 8 })
const tokens = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 6000 }))
const step = fc.option(count, { nil: undefined })

const leaf: fc.Arbitrary<CompactionStrategy> = fc.oneof(
  fc.record({ messages: count, step }).map(keepRecent),
  fc.record({ tokens, step: fc.option(tokens, { nil: undefined }) }).map(keepRecent),
  fc.record({ maxTokens: tokens, target: fc.option(tokens, { nil: undefined }) }).map(byPriority),
  fc.record({ keep: fc.nat(4), largerThan: fc.nat(2000), step }).map(dropToolResults),
  fc.record({ to: fc.integer({ min: 100, max: 1000 }), keep: fc.nat(4), step }).map(shorten),
  fc.record({ keep: fc.nat(5), step }).map(summarizeHistory),
)

/** Does anything that a draft allows, and looks whether the draft counts along. */
const anyEdits: fc.Arbitrary<CompactionStrategy> = fc
  .array(fc.tuple(fc.constantFrom('remove', 'shorten', 'stub', 'summarize'), fc.nat(), fc.nat(4)), { maxLength: 12 })
  .map((edits) => ({
    name: 'anyEdits',
    run(draft: CompactionDraft) {
      for (const [action, pick, more] of edits) {
        const free = draft.messages.filter(({ isProtected }) => !isProtected)
        const first = pick % Math.max(free.length, 1)
        const chosen = free[first]
        if (chosen === undefined) return
        editOne(draft, action, chosen, free.slice(first, first + 1 + more))
        const messages = draft.messages.map(({ message }) => message)
        equal(draft.tokens, draft.context.withMessages(messages).tokenCount())
      }
    },
  }))

function editOne(draft: CompactionDraft, action: string, chosen: DraftMessage, more: DraftMessage[]): void {
  const { role } = chosen.message
  if (action === 'remove') draft.remove(chosen, 'why')
  else if (action === 'summarize') draft.summarize(more, 'sum', 'why')
  else if (role !== 'tool' && role !== 'media') draft[action === 'stub' ? 'stub' : 'shorten'](chosen, 'cut', 'why')
}

const strategies: fc.Arbitrary<CompactionStrategy> = fc.oneof(
  leaf,
  anyEdits,
  fc.array(leaf, { minLength: 1, maxLength: 3 }).map((parts) => sequence(...parts)),
  fc
    .tuple(tokens, fc.array(fc.oneof(leaf, anyEdits), { minLength: 1, maxLength: 3 }))
    .map(([maxTokens, parts]) => until({ maxTokens }, ...parts)),
)

const summarizer = (messages: readonly Message[]): string => `Summary of ${messages.length}`

interface Outcome extends AppliedCompaction {
  readonly planned: CompactionPlan
}

async function run(context: Context, strategy: CompactionStrategy, options?: CompactionOptions): Promise<Outcome> {
  const planned = await plan(context, strategy, { summarizer, ...options })
  return { planned, ...apply(planned) }
}

/** The same; a strategy that refuses is no case of the property. */
async function tryRun(context: Context, strategy: CompactionStrategy, options?: CompactionOptions): Promise<Outcome> {
  const outcome = await run(context, strategy, options).catch((error: unknown) => {
    if (!(error instanceof CannotFitError)) throw error
  })
  fc.pre(outcome !== undefined)
  return outcome
}

/** The id of the call that each result belongs to, the nearest one before it, by the id of the result. */
function pairs(messages: readonly Message[]): [result: string, call: string | undefined][] {
  const calls = new Map<string, string>()
  return messages.flatMap((message) => {
    if (message.role === 'tool') calls.set(message.callId, message.id)
    return message.role === 'tool_result' ? [[message.id, calls.get(message.callId)]] : []
  })
}

/** How many calls wait for their result at each summary. */
function waitingAtSummaries(messages: readonly Message[]): number[] {
  const answered = new Set(pairs(messages).map(([, call]) => call))
  const waiting = new Set<string>()
  return messages.flatMap((message) => {
    if (message.role === 'tool' && answered.has(message.id)) waiting.add(message.callId)
    if (message.role === 'tool_result') waiting.delete(message.callId)
    return message.tags?.includes('summary') === true ? [waiting.size] : []
  })
}

describe('every compaction', () => {
  it('keeps the first system message and what is pinned, as they are', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, async (context, strategy) => {
        const left = new Set((await tryRun(context, strategy)).context.messages)
        const first = context.messages.find(({ role }) => role === 'system')
        const kept = context.messages.filter((message) => message.pinned === true || message === first)
        expect(kept.filter((message) => !left.has(message))).toEqual([])
      }),
    )
  })

  it('keeps calls and results together, and puts no summary between them', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, async (context, strategy) => {
        const { messages } = (await tryRun(context, strategy)).context
        const left = new Set<string | undefined>(messages.map(({ id }) => id))
        const before = pairs(context.messages)
        expect(before.filter(([result, call]) => call !== undefined && left.has(result) !== left.has(call))).toEqual([])
        expect(pairs(messages)).toEqual(before.filter(([result]) => left.has(result)))
        expect(waitingAtSummaries(messages).filter((waiting) => waiting > 0)).toEqual([])
      }),
    )
  })

  it('does what was planned, and leaves all else in place', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, async (context, strategy) => {
        const { planned, context: compacted } = await tryRun(context, strategy)
        const actions = new Map(planned.changes.map(({ index, action }) => [index, action]))
        const leaves = new Set<string | undefined>(['remove', 'summarize'])
        const added = new Set(planned.added)
        const old = compacted.messages.filter((message) => !added.has(message))
        expect(old.map(({ id }) => id)).toEqual(
          context.messages.filter((_, index) => !leaves.has(actions.get(index))).map(({ id }) => id),
        )
        const same = context.messages.filter((_, index) => !actions.has(index))
        expect(old.filter((message) => same.includes(message))).toEqual(same)
        expect(planned.messages).toEqual({ before: context.length, after: compacted.length })
        expect(planned.tokens).toEqual({ before: context.tokenCount(), after: compacted.tokenCount() })
        expect(compacted === context).toBe(planned.changes.length === 0)
      }),
    )
  })

  it('tells where the prompt changes, and how much of it stays', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, async (context, strategy) => {
        const { planned, context: compacted } = await tryRun(context, strategy)
        const [before, after] = [Buffer.from(context.render()), Buffer.from(compacted.render())]
        const byte = planned.firstChangedByte ?? before.length
        expect(before.subarray(0, byte).equals(after.subarray(0, byte))).toBe(true)
        expect(before[byte] === after[byte]).toBe(planned.firstChangedByte === undefined)
        const { cachedTokens, keptTokens, lostTokens, lostShare } = planned.cache as CachedPrefix
        expect(keptTokens + lostTokens).toBe(cachedTokens)
        expect(keptTokens).toBeLessThanOrEqual(compacted.tokenCount())
        expect(lostShare).toBe(cachedTokens === 0 ? 0 : lostTokens / cachedTokens)
      }),
    )
  })

  it('is undone by its receipt, also from JSON, and with later messages', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, async (context, strategy) => {
        const { context: compacted, receipt } = await tryRun(context, strategy)
        const stored = JSON.parse(JSON.stringify(receipt)) as CompactionReceipt
        expect(restore(compacted, receipt).hash()).toBe(context.hash())
        expect(restore(compacted.user('later'), stored).hash()).toBe(context.user('later').hash())
      }),
    )
  })

  it('is undone in reverse order when there are several', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, strategies, async (context, first, second) => {
        const one = await tryRun(context, first)
        const two = await tryRun(one.context.user('later'), second)
        const restored = restore(restore(two.context, two.receipt), one.receipt)
        expect(restored.hash()).toBe(context.user('later').hash())
      }),
    )
  })

  it('holds the budget of the call, or is refused with numbers that do not fit', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, tokens, async (context, strategy, maxTokens) => {
        const fitting = run(context, strategy, { maxTokens }).then(
          (outcome) => outcome.context.tokenCount() <= maxTokens,
          (error: CannotFitError) => Number(error.details['leastTokens']) > Number(error.details['maxTokens']),
        )
        expect(await fitting).toBe(true)
      }),
    )
  })

  it('does the same for the same context', async () => {
    await fc.assert(
      fc.asyncProperty(histories, strategies, async (context, strategy) => {
        const [one, two] = [await tryRun(context, strategy), await tryRun(context, strategy)]
        expect(one.planned.changes).toEqual(two.planned.changes)
        expect(one.context.hash()).toBe(two.context.hash())
      }),
    )
  })
})

/** Takes away all that may leave, but what is going on. */
const allButNewest: CompactionStrategy = {
  name: 'allButNewest',
  run(draft) {
    const newest = newestUnits(draft.messages)
    for (const message of draft.messages) {
      if (!message.isProtected && !newest.has(message.unit)) draft.remove(message, 'why')
    }
  },
}

describe('strategies with a budget', () => {
  it('hold it, unless nobody could', async () => {
    await fc.assert(
      fc.asyncProperty(histories, tokens, fc.boolean(), async (context, maxTokens, byTokens) => {
        const strategy = byTokens ? keepRecent({ tokens: maxTokens }) : byPriority({ maxTokens })
        const least = context.tokenCount() <= maxTokens ? 0 : (await run(context, allButNewest)).context.tokenCount()
        const held = run(context, strategy).then(
          (outcome) => outcome.context.tokenCount() <= maxTokens,
          (error: CannotFitError) => error.code,
        )
        expect(await held).toBe(least <= maxTokens ? true : 'cannot_fit')
      }),
    )
  })

  it('change nothing that fits', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (context) => {
        const maxTokens = Math.max(context.tokenCount(), 1)
        for (const strategy of [keepRecent({ tokens: maxTokens }), byPriority({ maxTokens }), until(fits, shorten())]) {
          expect((await run(context, strategy, { maxTokens })).context).toBe(context)
        }
      }),
    )
  })
})
