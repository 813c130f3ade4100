import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { byPriority } from './by-priority.ts'
import type { CannotFitError } from './cannot-fit-error.ts'
import { compact } from './compact.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { keepRecent } from './keep-recent.ts'
import { fits, until } from './until.ts'

const letters = { name: 'letters', exact: true, count: (text: string) => text.length }
const texts = ({ messages }: Context): string => messages.map(({ raw }) => raw).join(' ')

// A message of one letter has 5 tokens, and the reply is opened by 3.
const context = createContext({ tokenCounter: letters }).user('a').user('b').user('c').user('d')

/** Removes the oldest message, and tells that it was asked. */
function removeOne(asked: string[], name: string): CompactionStrategy {
  return {
    name,
    run(draft) {
      asked.push(name)
      const [first] = draft.messages
      if (first !== undefined) draft.remove(first, 'oldest')
    },
  }
}

describe('until', () => {
  it('runs one strategy after the other until the budget is held', async () => {
    const asked: string[] = []
    const strategy = until(fits, removeOne(asked, 'x'), removeOne(asked, 'y'), removeOne(asked, 'z'))
    expect(texts(await compact(context, strategy, { maxTokens: 13 }))).toBe('c d')
    expect(asked).toEqual(['x', 'y'])
  })

  it('runs none if it is held already', async () => {
    const asked: string[] = []
    expect(await compact(context, until({ maxTokens: 23 }, removeOne(asked, 'x')))).toBe(context)
    expect(asked).toEqual([])
  })

  it('takes the budget of the call, or else of the context; or has its own, which its strategies share', async () => {
    const limited = context.withOptions({ maxTokens: 18 })
    const strategy = until(fits, byPriority())
    expect(texts(await compact(limited, strategy))).toBe('b c d')
    expect(texts(await compact(limited, strategy, { maxTokens: 13 }))).toBe('c d')
    expect(texts(await compact(limited, until({ maxTokens: 8 }, byPriority())))).toBe('d')
  })

  it('takes any condition', async () => {
    const short = until(({ messages }) => messages.length < 3, keepRecent({ messages: 2, step: 1 }))
    expect(texts(await compact(context, short))).toBe('c d')
  })

  it('passes over a strategy that cannot hold its budget', async () => {
    const asked: string[] = []
    const pinned = context.user('pinned', { pinned: true })
    const strategy = until({ maxTokens: 20 }, keepRecent({ tokens: 9 }), removeOne(asked, 'x'), byPriority())
    expect(texts(await compact(pinned, strategy))).toBe('d pinned')
  })

  it('is refused with the numbers after the last one', async () => {
    const asked: string[] = []
    const strategy = until(fits, removeOne(asked, 'x'), removeOne(asked, 'y'))
    await expect(compact(context, strategy, { maxTokens: 10 })).rejects.toMatchObject({
      code: 'cannot_fit',
      message:
        'until(x, y) cannot fit 23 tokens into 10: 13 are left at best. Allow more tokens, pin fewer messages, or add a strategy that shortens more, such as summarizeHistory.',
      details: { strategy: 'until(x, y)', maxTokens: 10, tokens: 23, leastTokens: 13 },
    })
    await expect(
      compact(
        context,
        until(() => false, removeOne(asked, 'z')),
      ),
    ).rejects.toThrow('until(z) cannot meet its condition: 18 are left at best.')
  })

  it('tells the least that a strategy which refused would have come to', async () => {
    const pinned = context.user('pinned', { pinned: true })
    const leastOf = (strategy: CompactionStrategy) =>
      compact(pinned, strategy).catch((error: unknown) => (error as CannotFitError).details['leastTokens'])
    expect(await leastOf(byPriority({ maxTokens: 9 }))).toBe(13)
    expect(await leastOf(until({ maxTokens: 9 }, keepRecent(), byPriority()))).toBe(13)
    // That one would have held the budget of all, but not its own.
    expect(await leastOf(until({ maxTokens: 15 }, byPriority({ maxTokens: 9 })))).toBe(33)
  })

  it('passes on what else a strategy throws', async () => {
    const error = new RangeError('broken')
    const broken: CompactionStrategy = { name: 'broken', run: () => Promise.reject(error) }
    await expect(compact(context, until({ maxTokens: 1 }, broken))).rejects.toBe(error)
  })

  it('starts no strategy after an abort', async () => {
    const asked: string[] = []
    const controller = new AbortController()
    const aborting: CompactionStrategy = { name: 'aborting', run: () => controller.abort(new Error('stop')) }
    const strategy = until({ maxTokens: 1 }, aborting, removeOne(asked, 'x'))
    await expect(compact(context, strategy, { signal: controller.signal })).rejects.toThrow('stop')
    expect(asked).toEqual([])
  })

  it('refuses arguments that do not fit', async () => {
    expect(() => until(fits)).toThrow(new TypeError('until needs at least one strategy, such as shorten().'))
    expect(() => until(keepRecent() as never, byPriority())).toThrow(
      new TypeError(
        'until: "condition" must be fits, { maxTokens } or a function, got an object. It comes before the strategies.',
      ),
    )
    expect(() => until({ tokens: 3 } as never, byPriority())).toThrow(
      new TypeError('until: "condition" has no key "tokens". Known: maxTokens.'),
    )
    expect(() => until(fits, byPriority as never)).toThrow(
      new TypeError(
        '"until: strategies[0]" must be a strategy, such as keepRecent({ messages: 20 }), got a function. Is the call missing?',
      ),
    )
    await expect(compact(context, until(fits, byPriority()))).rejects.toThrow(
      new TypeError('fits needs a budget: give "maxTokens" to the call or the context.'),
    )
  })
})
