import { createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { compact } from './compact.ts'
import { keepRecent } from './keep-recent.ts'
import { plan } from './plan.ts'
import { sequence } from './sequence.ts'
import { shorten } from './shorten.ts'
import { summarizeHistory } from './summarize-history.ts'

const context = createContext().user('x'.repeat(300)).user('y'.repeat(300)).user('b').user('c')

describe('sequence', () => {
  it('runs each strategy on what the one before has left', async () => {
    const strategy = sequence(
      shorten({ to: 100 }),
      keepRecent({ messages: 3, step: 1 }),
      summarizeHistory({ summarizer: (messages) => messages.map(({ raw }) => raw.length).join(), keep: 1 }),
    )
    const { messages } = await compact(context, strategy)
    expect(messages.map(({ raw }) => raw)).toEqual(['100,1', 'c'])
  })

  it('plans what became of each message in the end', async () => {
    const { strategy, changes } = await plan(
      context,
      sequence(shorten({ to: 100 }), keepRecent({ messages: 3, step: 1 })),
    )
    expect(strategy).toBe('sequence(shorten, keepRecent)')
    expect(changes.map(({ index, action }) => [index, action])).toEqual([
      [0, 'remove'],
      [1, 'shorten'],
    ])
  })

  it('needs strategies', () => {
    expect(() => sequence()).toThrow(new TypeError('sequence needs at least one strategy, such as shorten().'))
    expect(() => sequence(shorten(), {} as never)).toThrow(
      new TypeError(
        '"sequence: strategies[1]" must be a strategy, such as keepRecent({ messages: 20 }), got an object.',
      ),
    )
  })
})
