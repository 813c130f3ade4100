import { createContext } from '@empire/context'
import { createLiquid } from '@empire/template-liquid'
import { describe, expect, it } from 'vitest'
import { apply } from './apply.ts'
import { byPriority } from './by-priority.ts'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import { compact } from './compact.ts'
import { dropToolResults } from './drop-tool-results.ts'
import { keepRecent } from './keep-recent.ts'
import { plan } from './plan.ts'
import { sequence } from './sequence.ts'
import { summarizeHistory } from './summarize-history.ts'
import { until } from './until.ts'

const letters = { name: 'letters', exact: true, count: (text: string) => text.length }
const context = createContext({ tokenCounter: letters }).system('Söhne').user('a').user('b').user('c')
const recent = keepRecent({ messages: 1, step: 1 })

async function cutLast(draft: CompactionDraft): Promise<void> {
  draft.remove(draft.messages.at(-1) as DraftMessage, 'the last')
}

describe('plan', () => {
  it('says what happens to which message and why, and what it does to the prompt', async () => {
    expect(await plan(context, recent, { prices: { input: 1_000_000, cachedInput: 100_000 } })).toEqual({
      strategy: 'keepRecent',
      changes: [
        {
          index: 1,
          id: context.messages[1]?.id,
          role: 'user',
          action: 'remove',
          why: 'not among the newest 1',
        },
        {
          index: 2,
          id: context.messages[2]?.id,
          role: 'user',
          action: 'remove',
          why: 'not among the newest 1',
        },
      ],
      added: [],
      messages: { before: 4, after: 2 },
      cacheBreakpoints: [0, 1],
      tokens: { before: 27, after: 17 },
      // 'Söhne\n' has 7 bytes.
      firstChangedByte: 7,
      cache: { cachedTokens: 27, keptTokens: 9, lostTokens: 18, lostShare: 18 / 27 },
      cost: {
        without: { first: 2.7, later: 2.7 },
        with: { first: 8.9, later: 1.7 },
        recaching: expect.closeTo(7.2),
        savedPerRequest: expect.closeTo(1),
        requestsToPay: 8,
      },
      warnings: [],
    })
  })

  it('plans nothing where nothing is to do', async () => {
    const planned = await plan(context, keepRecent({ messages: 9 }))
    expect(planned).toMatchObject({
      changes: [],
      tokens: { before: 27, after: 27 },
      firstChangedByte: undefined,
      cache: { keptTokens: 27, lostTokens: 0, lostShare: 0 },
    })
    expect(apply(planned).context).toBe(context)
  })

  it.each([
    ['nothing changes', context, keepRecent({ messages: 9 }), [3]],
    ['a summary comes in', context.user('d'), summarizeHistory({ summarizer: () => 's', keep: 2 }), [0, 1, 3]],
    ['all is new', context.slice(1, 3), summarizeHistory({ summarizer: () => 's', keep: 0 }), [0]],
    ['nothing is there', context.slice(0, 0), recent, []],
    ['only the end goes', context, { name: 'last', run: cutLast }, [2]],
  ])('says where the provider should cache the prompt, where %s', async (_, given, strategy, breakpoints) => {
    const planned = await plan(given, strategy)
    expect(planned.cacheBreakpoints).toEqual(breakpoints)
    expect(planned.cacheBreakpoints.every((index) => index < planned.messages.after)).toBe(true)
  })

  it('counts only what is in the cache as lost', async () => {
    expect(await plan(context, recent, { cachedTokens: 12 })).toMatchObject({
      cache: { cachedTokens: 12, keptTokens: 9, lostTokens: 3, lostShare: 0.25 },
    })
    expect(await plan(context, recent, { cachedTokens: 0 })).toMatchObject({
      cache: { cachedTokens: 0, keptTokens: 0, lostTokens: 0, lostShare: 0 },
    })
  })

  it('takes the strategy and the options of the context where the call has none', async () => {
    const stored = context.withOptions({
      compaction: { strategy: recent, options: { cachedTokens: 12, prices: { input: 1 } } },
    })
    expect(await plan(stored)).toMatchObject({ strategy: 'keepRecent', cache: { cachedTokens: 12 } })
    const planned = await plan(stored, summarizeHistory({ summarizer: () => 's' }), {
      cachedTokens: 10,
      prices: undefined,
    })
    expect(planned).toMatchObject({ strategy: 'summarizeHistory', cache: { cachedTokens: 10 } })
    expect(planned.cost).toBeDefined()
  })

  it('summarises the history where nobody names a strategy', async () => {
    expect(await plan(context, undefined, { summarizer: () => 's' })).toMatchObject({ strategy: 'summarizeHistory' })
    await expect(plan(context)).rejects.toMatchObject({ code: 'no_summarizer' })
  })

  it('holds the budget of the call, whatever the strategy', async () => {
    expect(await plan(context, recent, { maxTokens: 17 })).toMatchObject({ tokens: { after: 17 } })
    await expect(plan(context, recent, { maxTokens: 16 })).rejects.toMatchObject({
      code: 'cannot_fit',
      details: { strategy: 'keepRecent', maxTokens: 16, tokens: 27, leastTokens: 17 },
    })
  })

  it('takes the limit of the context for advice', async () => {
    expect(await plan(context.withOptions({ maxTokens: 5 }), recent)).toMatchObject({ tokens: { after: 17 } })
  })

  it('goes without tokens where there is no counter and nothing needs one', async () => {
    const uncounted = context.withOptions({ tokenCounter: undefined })
    expect(await plan(uncounted, recent)).toMatchObject({ tokens: undefined, cache: undefined, warnings: [] })
    for (const options of [{ maxTokens: 9 }, { prices: { input: 1 } }, { cachedTokens: 3 }]) {
      await expect(plan(uncounted, recent, options)).rejects.toMatchObject({ code: 'token_counter_not_set' })
    }
  })

  it('renders templates with the assigns', async () => {
    const engines = [createLiquid()]
    const templated = createContext({ tokenCounter: letters, engines })
      .user('{{ name }}', { engine: 'liquid' })
      .user('b')
    const planned = await plan(templated, recent, { assigns: { name: 'Ada' } })
    expect(planned).toMatchObject({ tokens: { before: 15, after: 8 }, firstChangedByte: 0 })
    const stub = await plan(
      templated.toolCall({ id: 'a', tool: 't', args: {} }).toolResult({ id: 'a', result: 'x'.repeat(2000) }),
      dropToolResults({ keep: 0 }),
      { assigns: { name: 'Åda' } },
    )
    // 'Åda\nb\n{}\n' has 10 bytes, and what follows begins with another letter.
    expect(stub.firstChangedByte).toBe(10)
  })

  it('warns where a template gets its values only later, and nothing depends on it', async () => {
    const engines = [createLiquid()]
    const templated = createContext({ tokenCounter: letters, engines })
      .user('{{ name }}', { engine: 'liquid' })
      .user('b')
    expect(await plan(templated, recent)).toMatchObject({
      changes: [{ index: 0 }],
      tokens: undefined,
      firstChangedByte: undefined,
      warnings: [{ code: 'template_undefined_variable', message: expect.stringContaining('messages[0]') }],
    })
    await expect(plan(templated, recent, { maxTokens: 50 })).rejects.toMatchObject({
      code: 'template_undefined_variable',
    })
  })

  it('warns if the context got longer', async () => {
    const { warnings } = await plan(context, summarizeHistory({ summarizer: () => 'x'.repeat(50) }))
    expect(warnings).toEqual([{ code: 'not_shorter', message: 'The context has 66 tokens afterwards, and 27 before.' }])
  })

  it('ends with the reason of the signal, before or while it works', async () => {
    const reason = new Error('stop')
    let asked = 0
    const waiting = summarizeHistory({
      summarizer() {
        asked++
        return new Promise(() => {})
      },
    })
    await expect(plan(context, waiting, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(asked).toBe(0)
    const controller = new AbortController()
    const planned = plan(context, waiting, { signal: controller.signal })
    controller.abort(reason)
    await expect(planned).rejects.toBe(reason)
    expect(asked).toBe(1)
  })

  it('serves many contexts at once with one strategy', async () => {
    const strategy = sequence(
      summarizeHistory({ summarizer: async ([first]) => Promise.resolve(`after ${first?.raw}`), keep: 1 }),
      recent,
    )
    const histories = Array.from({ length: 100 }, (_, index) => context.user(`${index}`).user('last'))
    const expected: string[] = []
    for (const history of histories) expected.push((await compact(history, strategy)).hash())
    const together = await Promise.all(histories.map((history) => compact(history, strategy)))
    expect(together.map((compacted) => compacted.hash())).toEqual(expected)
  })

  it('is frozen, and can be stored without content', async () => {
    const planned = await plan(context, recent)
    expect([planned, planned.changes, planned.changes[0], planned.tokens].every(Object.isFrozen)).toBe(true)
    expect(JSON.stringify(planned)).not.toContain('Söhne')
  })

  it('refuses arguments that do not fit', async () => {
    await expect(plan({} as never)).rejects.toThrow(new TypeError('"context" must be a context, got an object.'))
    await expect(plan(context, 'keepRecent' as never)).rejects.toThrow(
      new TypeError(
        '"strategy" must be a strategy, such as keepRecent({ messages: 20 }), got a string ("keepRecent").',
      ),
    )
    const refused = async (options: object, message: string, of = context): Promise<void> =>
      expect(plan(of, recent, options)).rejects.toThrow(new TypeError(message))
    await refused({ maxToken: 3 }, 'compaction: "options" has no key "maxToken". Did you mean "maxTokens"?')
    await refused({ maxTokens: 0 }, 'compaction: "maxTokens" must be an integer from 1 on, got a number (0).')
    await refused({ assigns: [] }, 'compaction: "assigns" must be an object of values by name, got an empty array.')
    await refused({ signal: {} }, 'compaction: "signal" must be an AbortSignal, got an object.')
    await refused(
      { prices: { input: -1 } },
      'compaction: "prices.input" must be a price per million tokens from 0 on, got a number (-1).',
    )
    await refused({ prices: { inputs: 1 } }, 'compaction: "prices" has no key "inputs". Did you mean "input"?')
    await refused(
      {},
      'compaction of the context: "options" has no key "keep". Known: summarizer, maxTokens, assigns, prices, cachedTokens, signal.',
      context.withOptions({ compaction: { options: { keep: 3 } } }),
    )
  })
})

describe('a plan for a long history', () => {
  it('counts each text once, whatever is tried', async () => {
    const counted = new Map<string, number>()
    const tokenCounter = {
      ...letters,
      count(text: string) {
        counted.set(text, (counted.get(text) ?? 0) + 1)
        return text.length
      },
    }
    let long = createContext({ tokenCounter }).system('Be brief.')
    for (let index = 0; index < 2000; index++) {
      long = long.user(`Question ${index}`, { priority: index % 3 }).assistant(`Answer ${index}`)
    }
    const strategy = until(
      { maxTokens: 5000 },
      dropToolResults(),
      keepRecent({ messages: 3000 }),
      byPriority({ maxTokens: 30_000 }),
      byPriority(),
    )
    expect((await plan(long, strategy)).tokens?.after).toBeLessThanOrEqual(5000)
    expect(counted.size).toBe(4001)
    expect(Math.max(...counted.values())).toBe(1)
  })
})

describe('compact', () => {
  it('gives what applying the plan gives', async () => {
    expect(await compact(context, recent)).toEqual(apply(await plan(context, recent)).context)
  })

  it('leaves the context as it was', async () => {
    const before = JSON.stringify(context)
    await compact(context, recent)
    await compact(context, summarizeHistory({ summarizer: () => Promise.reject(new Error('no')) })).catch(() => {})
    expect(JSON.stringify(context)).toBe(before)
  })

  it('keeps all but the messages', async () => {
    const full = context.withOptions({ model: 'gpt-4o', temperature: 0.5, maxTokens: 900, compaction: {} })
    const { model, temperature, maxTokens, tokenCounter, compaction } = await compact(full, recent)
    expect([model, temperature, maxTokens, tokenCounter, compaction]).toEqual(['gpt-4o', 0.5, 900, letters, {}])
  })
})
