import { createLiquid } from '@empire/template-liquid'
import { createGptCounter } from '@empire/tokens-gpt'
import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'

describe('Context, used 100 times at once', () => {
  it('gives every one of them the same texts, pieces, tokens and hashes', async () => {
    const context = Array.from({ length: 50 }).reduce<ReturnType<typeof createContext>>(
      (all, _, index) =>
        all
          .user('Hi {{ name }}, this is {{ index }}.', { engine: 'liquid', assigns: { index } })
          .toolCall({ id: `c${index}`, tool: 'weather', args: { index } })
          .toolResult({ id: `c${index}`, result: 'sunny' }),
      createContext({ model: 'gpt-4o', tokenCounter: createGptCounter(), engines: [createLiquid()] }),
    )
    const used = await Promise.all(
      Array.from({ length: 100 }, async (_, user) => {
        const name = `user ${user % 2}`
        const pieces: string[] = []
        for (const piece of context.stream({ name })) {
          pieces.push(piece)
          await Promise.resolve()
        }
        const own = context.user(name)
        await Promise.resolve()
        return {
          text: pieces.join(''),
          rendered: context.render({ name }),
          tokens: context.tokenCount({ name }),
          own: own.tokenCount({ name }),
          hash: own.hash(),
        }
      }),
    )
    expect(new Set(used.map((result) => JSON.stringify(result))).size).toBe(2)
    for (const { text, rendered } of used) expect(text).toBe(rendered)
    expect(context.length).toBe(150)
  })
})
