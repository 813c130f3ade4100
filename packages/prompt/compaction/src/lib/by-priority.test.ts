import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { byPriority } from './by-priority.ts'
import { compact } from './compact.ts'
import { plan } from './plan.ts'

const letters = { name: 'letters', exact: true, count: (text: string) => text.length }
const texts = ({ messages }: Context): string => messages.map(({ raw }) => raw).join(' ')

// A message of one letter has 5 tokens, and the reply is opened by 3.
const context = createContext({ tokenCounter: letters })
  .system('S', { priority: -9 })
  .user('a', { priority: 1 })
  .user('b')
  .user('c', { priority: 2 })
  .user('d')
  .user('e', { priority: -1 })

describe('byPriority', () => {
  it('removes the lowest priority first, the oldest among equals, and no more than needed', async () => {
    const left = await Promise.all(
      [33, 32, 27, 22, 17].map(async (maxTokens) => texts(await compact(context, byPriority({ maxTokens })))),
    )
    expect(left).toEqual(['S a b c d e', 'S a c d e', 'S a c e', 'S c e', 'S e'])
  })

  it('goes further down to the target, once the budget is exceeded', async () => {
    expect(texts(await compact(context, byPriority({ maxTokens: 32, target: 20 })))).toBe('S c e')
    expect(await compact(context, byPriority({ maxTokens: 33, target: 20 }))).toBe(context)
  })

  it.each([
    [1, 0],
    [0, 1],
  ])('ranks a call of priority %i and its result of priority %i by the higher of the two', async (call, result) => {
    const tools = createContext({ tokenCounter: letters })
      .toolCall({ id: 'a', tool: 'search', args: {}, priority: call })
      .toolResult({ id: 'a', result: 'R', priority: result })
      .user('Q')
      .user('A')
    expect(texts(await compact(tools, byPriority({ maxTokens: 25 })))).toBe('{} R A')
  })

  it('takes the budget of the call, or else of the context', async () => {
    const limited = context.withOptions({ maxTokens: 27 })
    expect(texts(await compact(limited, byPriority()))).toBe('S a c e')
    expect(texts(await compact(limited, byPriority(), { maxTokens: 17 }))).toBe('S e')
    await expect(compact(context, byPriority())).rejects.toThrow(
      new TypeError('byPriority needs a budget: give "maxTokens" to it, or "maxTokens" to the call or the context.'),
    )
  })

  it('is refused if what must stay does not fit', async () => {
    await expect(compact(context.user('f', { pinned: true }), byPriority({ maxTokens: 12 }))).rejects.toMatchObject({
      code: 'cannot_fit',
      details: { strategy: 'byPriority', maxTokens: 12, tokens: 38, leastTokens: 13 },
    })
  })

  it('says why in the plan', async () => {
    const { changes } = await plan(context, byPriority({ maxTokens: 32 }))
    expect(changes).toMatchObject([{ index: 2, action: 'remove', why: 'priority 0, and 32 tokens are the limit' }])
  })

  it('refuses options that do not fit', () => {
    expect(() => byPriority({ maxTokens: 1.5 })).toThrow(
      new TypeError('byPriority: "maxTokens" must be an integer from 1 on, got a number (1.5).'),
    )
  })
})
