import { type Context, createContext, type Message } from '@empire/context'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, type AppliedCompaction } from './apply.ts'
import { byPriority } from './by-priority.ts'
import { CannotFitError } from './cannot-fit-error.ts'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import type { CompactionOptions } from './compaction-options.ts'
import type { CompactionPlan } from './compaction-plan.ts'
import type { CompactionReceipt } from './compaction-receipt.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { dropToolResults } from './drop-tool-results.ts'
import { keepRecent } from './keep-recent.ts'
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

/** Does anything that a draft allows. */
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
        // The draft counts along.
        expect(draft.tokens).toBe(
          createContext({ tokenCounter: letters })
            .withMessages(draft.messages.map(({ message }) => message))
            .tokenCount(),
        )
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

/** The outcome; `undefined` if the strategy refuses with numbers that do not fit. */
async function run(
  context: Context,
  strategy: CompactionStrategy,
  options?: CompactionOptions,
): Promise<Outcome | undefined> {
  try {
    const planned = await plan(context, strategy, { summarizer, ...options })
    return { planned, ...apply(planned) }
  } catch (error) {
    if (!(error instanceof CannotFitError)) throw error
    const { maxTokens, leastTokens, tokens: now } = error.details as Record<string, number>
    expect(leastTokens).toBeGreaterThan(maxTokens as number)
    expect(now).toBeGreaterThan(0)
    return undefined
  }
}

function check(property: (context: Context, strategy: CompactionStrategy) => Promise<void>): Promise<void> {
  return fc.assert(fc.asyncProperty(histories, strategies, property))
}

/** The call that each result belongs to: the nearest one before it. */
function pairs(messages: readonly Message[]): Map<string, string | undefined> {
  const calls = new Map<string, string>()
  const found = new Map<string, string | undefined>()
  for (const message of messages) {
    if (message.role === 'tool') calls.set(message.callId, message.id)
    if (message.role === 'tool_result') found.set(message.id, calls.get(message.callId))
  }
  return found
}

describe('every compaction', () => {
  it('keeps the first system message and what is pinned, as they are', () =>
    check(async (context, strategy) => {
      const { messages } = (await run(context, strategy))?.context ?? context
      const first = context.messages.find(({ role }) => role === 'system')
      const left = new Set(messages)
      expect(context.messages.filter((message) => message.pinned === true || message === first)).toSatisfy(
        (kept: Message[]) => kept.every((message) => left.has(message)),
      )
    }))

  it('keeps calls and results together, and puts nothing between', () =>
    check(async (context, strategy) => {
      const { messages } = (await run(context, strategy))?.context ?? context
      const before = pairs(context.messages)
      const ids = new Set(messages.map(({ id }) => id))
      for (const [result, call] of pairs(messages)) expect(call).toBe(before.get(result))
      for (const [result, call] of before) if (call !== undefined) expect(ids.has(call)).toBe(ids.has(result))
      const waiting = new Set<string>()
      const answered = new Set([...pairs(messages).values()])
      for (const message of messages) {
        if (message.role === 'tool' && answered.has(message.id)) waiting.add(message.callId)
        if (message.role === 'tool_result') waiting.delete(message.callId)
        if (message.tags?.includes('summary') === true) expect(waiting.size).toBe(0)
      }
    }))

  it('does what was planned, and leaves all else in place', () =>
    check(async (context, strategy) => {
      const outcome = await run(context, strategy)
      if (outcome === undefined) return
      const { planned, context: compacted } = outcome
      const actions = new Map(planned.changes.map(({ index, action }) => [index, action]))
      const expected = context.messages.flatMap(({ id }, index) => {
        const action = actions.get(index)
        return action === 'remove' || action === 'summarize' ? [] : [id]
      })
      const added = new Set(planned.added)
      expect(compacted.messages.filter((message) => !added.has(message)).map(({ id }) => id)).toEqual(expected)
      const same = context.messages.filter((_, index) => !actions.has(index))
      expect(compacted.messages.filter((message) => same.includes(message))).toEqual(same)
      expect(planned.messages).toEqual({ before: context.length, after: compacted.length })
      expect(planned.tokens).toEqual({ before: context.tokenCount(), after: compacted.tokenCount() })
      if (planned.changes.length === 0) expect(compacted).toBe(context)
    }))

  it('tells where the prompt changes, and how much of it stays', () =>
    check(async (context, strategy) => {
      const outcome = await run(context, strategy)
      if (outcome === undefined) return
      const { planned, context: compacted } = outcome
      const [before, after] = [Buffer.from(context.render()), Buffer.from(compacted.render())]
      const byte = planned.firstChangedByte
      if (byte === undefined) expect(before.equals(after)).toBe(true)
      else {
        expect(before.subarray(0, byte).equals(after.subarray(0, byte))).toBe(true)
        expect(before[byte]).not.toBe(after[byte])
      }
      const { cachedTokens = 0, keptTokens = 0, lostTokens, lostShare } = planned.cache ?? {}
      expect(keptTokens + (lostTokens ?? Number.NaN)).toBe(cachedTokens)
      expect(lostShare).toBeGreaterThanOrEqual(0)
      expect(lostShare).toBeLessThanOrEqual(1)
      expect(keptTokens).toBeLessThanOrEqual(compacted.tokenCount())
    }))

  it('is undone by its receipt, also from JSON, and with later messages', () =>
    check(async (context, strategy) => {
      const outcome = await run(context, strategy)
      if (outcome === undefined) return
      const { context: compacted, receipt } = outcome
      const stored = JSON.parse(JSON.stringify(receipt)) as CompactionReceipt
      expect(restore(compacted, receipt).hash()).toBe(context.hash())
      expect(restore(compacted.user('later'), stored).hash()).toBe(context.user('later').hash())
    }))

  it('is undone in reverse order when there are several', () =>
    fc.assert(
      fc.asyncProperty(histories, strategies, strategies, async (context, first, second) => {
        const one = await run(context, first)
        const two = one && (await run(one.context.user('later'), second))
        if (two === undefined) return
        expect(restore(restore(two.context, two.receipt), one?.receipt as CompactionReceipt).hash()).toBe(
          context.user('later').hash(),
        )
      }),
    ))

  it('holds the budget of the call, or is refused', () =>
    fc.assert(
      fc.asyncProperty(histories, strategies, tokens, async (context, strategy, maxTokens) => {
        const outcome = await run(context, strategy, { maxTokens })
        if (outcome !== undefined) expect(outcome.context.tokenCount()).toBeLessThanOrEqual(maxTokens)
      }),
    ))

  it('does the same for the same context', () =>
    check(async (context, strategy) => {
      const [one, two] = [await run(context, strategy), await run(context, strategy)]
      expect(one?.planned.changes).toEqual(two?.planned.changes)
      expect(one?.context.hash()).toBe(two?.context.hash())
    }))
})

describe('strategies with a budget', () => {
  it('hold it, or are refused although they could not do better', () =>
    fc.assert(
      fc.asyncProperty(histories, tokens, async (context, maxTokens) => {
        for (const strategy of [keepRecent({ tokens: maxTokens }), byPriority({ maxTokens })]) {
          const outcome = await run(context, strategy)
          if (outcome !== undefined) expect(outcome.context.tokenCount()).toBeLessThanOrEqual(maxTokens)
          else {
            // All that may leave has left, but the newest message and what belongs to it.
            const all = await run(context, {
              name: 'all',
              run(draft) {
                const newest = draft.messages.at(-1)?.unit
                for (const message of draft.messages) {
                  if (!message.isProtected && message.unit !== newest) draft.remove(message, 'why')
                }
              },
            })
            expect(all?.context.tokenCount()).toBeGreaterThan(maxTokens)
          }
        }
      }),
    ))

  it('change nothing that fits', () =>
    fc.assert(
      fc.asyncProperty(histories, async (context) => {
        const maxTokens = Math.max(context.tokenCount(), 1)
        for (const strategy of [keepRecent({ tokens: maxTokens }), byPriority({ maxTokens }), until(fits, shorten())]) {
          expect((await run(context, strategy, { maxTokens }))?.context).toBe(context)
        }
      }),
    ))
})

describe('a long history', () => {
  it('is counted once for each text, whatever is tried', async () => {
    let calls = 0
    const tokenCounter = {
      name: 'counting',
      exact: true,
      count(text: string) {
        calls++
        return text.length
      },
    }
    let context = createContext({ tokenCounter }).system('Be brief.')
    for (let index = 0; index < 5000; index++) {
      context = context.user(`Question ${index}`, { priority: index % 3 }).assistant(`Answer ${index}`)
    }
    const strategy = until(
      { maxTokens: 5000 },
      dropToolResults(),
      keepRecent({ messages: 9000 }),
      byPriority({ maxTokens: 60_000 }),
      byPriority(),
    )
    const outcome = await run(context, strategy)
    expect(outcome?.context.tokenCount()).toBeLessThanOrEqual(5000)
    expect(calls).toBe(10_001)
  })
})
