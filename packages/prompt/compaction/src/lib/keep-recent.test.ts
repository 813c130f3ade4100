import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { compact } from './compact.ts'
import { keepRecent } from './keep-recent.ts'

const letters = { name: 'letters', exact: true, count: (text: string) => text.length }
const texts = ({ messages }: Context): string => messages.map(({ raw }) => raw).join(' ')

function history(length: number, start = createContext({ tokenCounter: letters })): Context {
  let context = start
  for (let index = 0; index < length; index++) context = context.user(String(index % 10))
  return context
}

/** How many different beginnings the compacted prompts have, over a history that grows. */
async function beginnings(turns: number, compactAt: (context: Context) => Promise<Context>): Promise<number> {
  const seen = new Set<string>()
  for (let length = 1; length <= turns; length++) {
    const { messages } = await compactAt(history(length))
    seen.add(messages[0]?.raw ?? '')
  }
  return seen.size
}

describe('keepRecent by messages', () => {
  it('keeps at least as many as asked for, and fewer than a step more', async () => {
    for (let length = 0; length < 30; length++) {
      const kept = (await compact(history(length), keepRecent({ messages: 6, step: 4 }))).length
      expect(kept).toBeGreaterThanOrEqual(Math.min(length, 6))
      expect(kept).toBeLessThan(6 + 4)
    }
  })

  it('moves the boundary once in a step, by half of the messages unless told otherwise', async () => {
    expect(await beginnings(10, (context) => compact(context, keepRecent({ messages: 2, step: 1 })))).toBe(9)
    expect(await beginnings(10, (context) => compact(context, keepRecent({ messages: 2, step: 4 })))).toBe(3)
    expect(await beginnings(10, (context) => compact(context, keepRecent({ messages: 4 })))).toBe(4)
  })

  it('counts neither the first system message nor what is pinned, and keeps them', async () => {
    const context = history(5, createContext().system('S').user('P', { pinned: true }))
    expect(texts(await compact(context, keepRecent({ messages: 2, step: 1 })))).toBe('S P 3 4')
  })

  it('keeps the call of a result that is kept', async () => {
    const context = createContext()
      .user('Q')
      .toolCall({ id: 'a', tool: 'search', args: {} })
      .user('?')
      .toolResult({ id: 'a', result: 'R' })
    expect(texts(await compact(context, keepRecent({ messages: 1, step: 1 })))).toBe('{} R')
  })

  it('needs no token counter', async () => {
    expect(texts(await compact(history(4, createContext()), keepRecent({ messages: 1, step: 1 })))).toBe('3')
  })
})

describe('keepRecent by tokens', () => {
  // A message of one letter has 5 tokens, and the reply is opened by 3.
  it('holds the budget, the reply included', async () => {
    expect(texts(await compact(history(9), keepRecent({ tokens: 23, step: 1 })))).toBe('5 6 7 8')
    expect(texts(await compact(history(9), keepRecent({ tokens: 22, step: 1 })))).toBe('6 7 8')
  })

  it('changes nothing that fits', async () => {
    const context = history(4)
    expect(await compact(context, keepRecent({ tokens: 23 }))).toBe(context)
  })

  it('takes the budget of the call, or else of the context', async () => {
    const context = history(9).withOptions({ maxTokens: 23 })
    expect(texts(await compact(context, keepRecent({ step: 1 })))).toBe('5 6 7 8')
    expect(texts(await compact(context, keepRecent({ step: 1 }), { maxTokens: 13 }))).toBe('7 8')
  })

  it('moves the boundary once in a step, by a quarter of the budget unless told otherwise', async () => {
    const moves = [1, 20, undefined].map((step) =>
      beginnings(20, (context) => compact(context, keepRecent({ tokens: 43, step }))),
    )
    expect(await Promise.all(moves)).toEqual([10, 4, 5])
  })

  it('takes no step that leaves nothing', async () => {
    expect(texts(await compact(history(5), keepRecent({ tokens: 23, step: 1000 })))).toBe('2 3 4')
  })

  it('removes a call with its result', async () => {
    const context = createContext({ tokenCounter: letters })
      .toolCall({ id: 'a', tool: 'search', args: {} })
      .user('Q')
      .toolResult({ id: 'a', result: 'R' })
      .user('A')
    expect(texts(await compact(context, keepRecent({ tokens: 20, step: 1 })))).toBe('Q A')
  })

  it('keeps calls at the end that wait for their results', async () => {
    const waiting = history(5).toolCall({ id: 'a', tool: 't', args: {} }).toolCall({ id: 'b', tool: 't', args: {} })
    for (const strategy of [keepRecent({ tokens: 20, step: 1 }), keepRecent({ messages: 1, step: 1 })]) {
      expect(texts(await compact(waiting, strategy))).toBe('{} {}')
    }
  })

  it('removes enough where an old call stays, as its result is the newest message', async () => {
    const start = createContext({ tokenCounter: letters }).toolCall({
      id: 'a',
      tool: 't',
      args: { text: 'x'.repeat(50) },
    })
    const context = history(9, start).toolResult({ id: 'a', result: 'R' })
    const compacted = await compact(context, keepRecent({ tokens: 90, step: 1 }))
    expect(texts(compacted)).toBe(`${context.messages[0]?.raw} 6 7 8 R`)
    expect(compacted.tokenCount()).toBeLessThanOrEqual(90)
  })

  it('is refused if the newest message does not fit beside what is protected', async () => {
    const context = createContext({ tokenCounter: letters }).system('Rules').user('old').user('x'.repeat(100))
    await expect(compact(context, keepRecent({ tokens: 50 }))).rejects.toMatchObject({
      name: 'CannotFitError',
      code: 'cannot_fit',
      message:
        'keepRecent cannot fit 123 tokens into 50: 116 are left at best. Allow more tokens, pin fewer messages, or add a strategy that shortens more, such as summarizeHistory.',
      details: { strategy: 'keepRecent', maxTokens: 50, tokens: 123, leastTokens: 116 },
    })
  })

  it('needs a token counter and a budget', async () => {
    const context = createContext().user('Hi')
    await expect(compact(context, keepRecent({ tokens: 5 }))).rejects.toMatchObject({ code: 'token_counter_not_set' })
    await expect(compact(context, keepRecent())).rejects.toThrow(
      new TypeError('keepRecent needs a budget: give "tokens" to it, or "maxTokens" to the call or the context.'),
    )
  })
})

describe('the options of keepRecent', () => {
  it('are refused if they do not fit', () => {
    expect(() => keepRecent({ messages: 0 })).toThrow(
      new TypeError('keepRecent: "messages" must be an integer from 1 on, got a number (0).'),
    )
    expect(() => keepRecent({ messages: 1, tokens: 1 })).toThrow(
      new TypeError('keepRecent: give either "messages" or "tokens". Two limits are two strategies: sequence(…).'),
    )
    expect(() => keepRecent({ last: 3 } as never)).toThrow(
      new TypeError('keepRecent: "options" has no key "last". Known: messages, tokens, step.'),
    )
    expect(() => keepRecent(3 as never)).toThrow(
      new TypeError('keepRecent: "options" must be an object, got a number (3).'),
    )
  })
})
