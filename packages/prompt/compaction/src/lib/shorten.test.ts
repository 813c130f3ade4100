import { createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { compact } from './compact.ts'
import { plan } from './plan.ts'
import { shorten } from './shorten.ts'

const long = `start ${'x'.repeat(500)} end`
const context = createContext()
  .system(long)
  .system(long)
  .user(long)
  .assistant(long)
  .toolCall({ id: 'a', tool: 'search', args: { for: long } })
  .toolResult({ id: 'a', result: { text: long } })
  .user('Short.')

async function shortened(keep: number, step: number): Promise<number[]> {
  const { changes } = await plan(context, shorten({ to: 120, keep, step }))
  return changes.map(({ index }) => index)
}

describe('shorten', () => {
  it('cuts the middle out of long texts, and says how much is missing', async () => {
    const { messages } = await compact(context, shorten({ to: 120 }))
    expect(messages.map(({ raw }) => raw.length)).toEqual([510, 510, 120, 120, 520, 120, 6])
    expect(messages[2]).toEqual({
      ...context.messages[2],
      raw: `start ${'x'.repeat(39)}\n[… 421 characters left out …]\n${'x'.repeat(40)} end`,
      tags: ['shortened'],
    })
    expect(messages[5]).toMatchObject({ result: messages[5]?.raw })
  })

  it('leaves the newest messages alone, and moves on in steps', async () => {
    expect(await shortened(1, 1)).toEqual([2, 3, 5])
    expect(await shortened(4, 1)).toEqual([2])
    expect(await shortened(1, 4)).toEqual([2, 3])
  })

  it('cuts only the roles that it is told to, and never the first system message', async () => {
    const { changes } = await plan(context, shorten({ to: 120, roles: ['system', 'assistant'] }))
    expect(changes.map(({ index, why }) => [index, why])).toEqual([
      [1, '510 characters, and 120 are the limit'],
      [3, '510 characters, and 120 are the limit'],
    ])
  })

  it('leaves templates and what is pinned', async () => {
    const other = createContext().user(long, { engine: 'liquid' }).user(long, { pinned: true }).user('Short.')
    expect(await compact(other, shorten())).toBe(other)
  })

  it('does nothing to its own result', async () => {
    const once = await compact(context, shorten({ to: 100 }))
    expect(await compact(once, shorten({ to: 100 }))).toBe(once)
  })

  it('refuses options that do not fit', () => {
    expect(() => shorten({ to: 99 })).toThrow(
      new TypeError('shorten: "to" must be an integer from 100 on, got a number (99).'),
    )
    expect(() => shorten({ roles: ['tool' as never] })).toThrow(
      new TypeError('shorten: "roles[0]" must be one of system, user, assistant, tool_result, got a string ("tool").'),
    )
  })
})
