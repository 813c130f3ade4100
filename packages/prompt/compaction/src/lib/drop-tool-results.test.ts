import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { compact } from './compact.ts'
import { dropToolResults } from './drop-tool-results.ts'
import { plan } from './plan.ts'

const large = 'x'.repeat(2000)

function history(...results: readonly (readonly [tool: string, result: unknown])[]): Context {
  let context = createContext().user('Look it up.')
  for (const [index, [tool, result]] of results.entries()) {
    context = context.toolCall({ id: `c${index}`, tool, args: {} }).toolResult({ id: `c${index}`, result })
  }
  return context
}

/** Which of the results are left, by their number. */
function left({ messages }: Context): number[] {
  const results = messages.filter(({ role }) => role === 'tool_result')
  return results.flatMap(({ tags }, index) => (tags?.includes('stub') === true ? [] : [index]))
}

const five = history(['a', large], ['b', 'short'], ['c', large], ['a', large], ['b', large])

describe('dropToolResults', () => {
  it('puts a stub with tool, size and hash in place of the oldest large results', async () => {
    const compacted = await compact(five, dropToolResults())
    expect(left(compacted)).toEqual([1, 2, 3, 4])
    expect(compacted.messages[2]).toEqual({
      ...five.messages[2],
      raw: '[Result of a removed: 2000 bytes, sha256:5c0e0ea421571c300b5df6aec0a118b5c3dc02e0683a546341d5efc689df2f58]',
      result:
        '[Result of a removed: 2000 bytes, sha256:5c0e0ea421571c300b5df6aec0a118b5c3dc02e0683a546341d5efc689df2f58]',
      tags: ['stub'],
    })
  })

  it('keeps as many of the newest as told, in steps', async () => {
    expect(left(await compact(five, dropToolResults({ keep: 0 })))).toEqual([1])
    expect(left(await compact(five, dropToolResults({ keep: 1, step: 3 })))).toEqual([1, 3, 4])
    expect(await compact(five, dropToolResults({ keep: 5 }))).toBe(five)
  })

  it('spares small results, and those of some tools', async () => {
    expect(left(await compact(five, dropToolResults({ keep: 0, except: ['a'] })))).toEqual([0, 1, 3])
    expect(await compact(five, dropToolResults({ keep: 0, largerThan: 2000 }))).toBe(five)
    expect(left(await compact(five, dropToolResults({ keep: 0, largerThan: 0 })))).toEqual([1])
  })

  it('measures bytes, of the JSON for results that are no text', async () => {
    const context = history(['a', '😀'.repeat(300)], ['a', { list: Array.from({ length: 600 }, () => 1) }])
    const { changes } = await plan(context, dropToolResults({ keep: 0 }))
    expect(changes.map(({ why }) => why)).toEqual([
      '1200 bytes, and older than the 0 newest results',
      '1210 bytes, and older than the 0 newest results',
    ])
  })

  it('leaves what is pinned', async () => {
    const context = five.toolCall({ id: 'p', tool: 'a', args: {}, pinned: true }).toolResult({ id: 'p', result: large })
    expect(left(await compact(context, dropToolResults({ keep: 0 })))).toEqual([1, 5])
  })

  it('keeps that a tool failed, and all that the caller gave with the message', async () => {
    const parts = { isError: true, name: 'n', tags: ['t'], metadata: { m: 1 }, priority: 2 }
    const context = createContext()
      .toolCall({ id: 'a', tool: 'search', args: {} })
      .toolResult({ id: 'a', result: large, ...parts })
    const { messages } = await compact(context, dropToolResults({ keep: 0 }))
    expect(messages[1]).toMatchObject({ ...parts, id: context.messages[1]?.id, tags: ['t', 'stub'] })
  })

  it('does nothing to its own result', async () => {
    const once = await compact(five, dropToolResults({ keep: 0, largerThan: 0 }))
    expect(await compact(once, dropToolResults({ keep: 0, largerThan: 0 }))).toBe(once)
  })

  it('refuses options that do not fit', () => {
    expect(() => dropToolResults({ except: 'a' as never })).toThrow(
      new TypeError('dropToolResults: "except" must be an array, got a string ("a").'),
    )
    expect(() => dropToolResults({ except: [3 as never] })).toThrow(
      new TypeError('dropToolResults: "except[0]" must be a string, got a number (3).'),
    )
  })
})
