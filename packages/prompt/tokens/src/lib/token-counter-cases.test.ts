import { describe, expect, it } from 'vitest'
import type { TokenCounter } from './token-counter.ts'
import { tokenCounterCases } from './token-counter-cases.ts'

/** One token a character: keeps every promise. */
const good: TokenCounter = {
  name: 'characters',
  exact: false,
  count(text) {
    if (typeof text !== 'string') throw new TypeError('Expected a string.')
    return text.length
  },
}

function broken(counter: TokenCounter): string[] {
  return tokenCounterCases(() => counter)
    .filter(({ run }) => {
      try {
        run()
        return false
      } catch {
        return true
      }
    })
    .map(({ name }) => name)
}

describe('tokenCounterCases', () => {
  it('passes a counter that keeps every promise', () => {
    expect(broken(good)).toEqual([])
  })

  it('says what came instead', () => {
    const lax: TokenCounter = { name: 'lax', exact: true, count: (text) => (String(text) === 'a' ? 0 : 1) }
    const messages = tokenCounterCases(() => lax).map(({ run }) => {
      try {
        return run()
      } catch (error) {
        return (error as Error).message
      }
    })
    expect(messages).toContain('Expected a positive integer for a string ("a"), got 0.')
    expect(messages).toContain(
      'Missing expected exception: an exact count for the model "no-such-model" has to throw an UnknownModelError',
    )
    expect(messages).toContain('Missing expected exception (TypeError): count(undefined)')
  })

  let calls = 0
  it.each<[string, Partial<TokenCounter>]>([
    ['has a name and says whether it is exact', { name: '' }],
    ['counts the empty text as 0', { count: (text) => Math.max(1, good.count(text)) }],
    ['counts any other text as a positive integer', { count: (text) => good.count(text) / 2 }],
    ['counts no more tokens than bytes', { count: (text) => good.count(text) * 7 }],
    ['counts the same text the same again, whatever came between', { count: (text) => good.count(text) && ++calls }],
    ['refuses a model it does not know, or marks what it counts as an estimate', { exact: true }],
    ['refuses what is no text', { count: (text) => String(text).length }],
    [
      'works when its method is taken off',
      {
        count(this: TokenCounter | undefined, text) {
          return this === undefined ? 0 : good.count(text)
        },
      },
    ],
  ])('finds a counter that breaks: %s', (name, fault) => {
    expect(broken({ ...good, ...fault })).toContain(name)
  })
})
