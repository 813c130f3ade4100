import { contentHash } from '@empire/record'
import { createEstimator } from '@empire/tokens'
import { describe, expect, it } from 'vitest'
import { type Context, createContext } from './context.ts'
import { contextFromJSON } from './context-json.ts'

function build(): Context {
  return createContext({ model: 'gpt-4o', temperature: 1, maxTokens: 10 })
    .system('Be brief.', { tags: ['rules'], metadata: { b: 1, a: [2] } })
    .toolCall({ tool: 'weather', args: { city: 'Berlin', days: 2 } })
    .toolCall({ tool: 'weather', args: { city: 'Rome', days: 2 } })
}

/** With the results of both calls, the first or the second call answered first. */
function answer(context: Context, order: readonly number[]): Context {
  return order.reduce((longer, position) => {
    const call = longer.messages[position]
    return longer.toolResult({ id: call?.role === 'tool' ? call.callId : '', result: 'sunny' })
  }, context)
}

describe('Context.equals, Context.hash', () => {
  it('takes contexts that were built alike for equal, whatever their ids', () => {
    const [one, two] = [answer(build(), [1, 2]), answer(build(), [1, 2])] as const
    expect(one.messages[0]?.id).not.toBe(two.messages[0]?.id)
    expect(one.equals(two)).toBe(true)
    expect(one.hash()).toBe(two.hash())
    expect(one.hash()).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('is made of canonical JSON, without ids, a result by the index of its call', () => {
    const context = createContext({ model: 'gpt-4o' })
      .toolCall({ id: 'c1', tool: 'weather', args: { city: 'Berlin' } })
      .toolResult({ id: 'c1', result: 'sunny' })
    const call = contentHash({ role: 'tool', raw: '{"city":"Berlin"}', tool: 'weather', args: { city: 'Berlin' } })
    const result = contentHash({ role: 'tool_result', raw: 'sunny', tool: 'weather', result: 'sunny' })
    const messages = contentHash([contentHash([null, call, null]), result, 0])
    expect(context.hash()).toBe(contentHash({ model: 'gpt-4o', messages }))
    expect(createContext().hash()).toBe(contentHash({}))
  })

  it('sees which call a result belongs to', () => {
    const one = answer(build(), [1, 2])
    const other = answer(build(), [2, 1])
    expect(one.equals(other)).toBe(false)
    expect(one.hash()).not.toBe(other.hash())
  })

  it('does not see the order of keys, and what is no data', () => {
    const options = { tokenCounter: createEstimator(), engines: [], modules: { a: String }, createId: () => 'm1' }
    const one = build()
    const [first, ...others] = one.messages
    const other = one
      .withOptions({ ...options, onUnknownModel: 'estimate', compaction: {} })
      .withMessages([{ ...first!, metadata: { a: [2], b: 1 } }, ...others])
    expect(one.equals(other)).toBe(true)
  })

  const base = build()
  it.each<[string, Context]>([
    ['another model', base.withModel('o3')],
    ['no model', base.withOptions({ model: undefined })],
    ['another temperature', base.withOptions({ temperature: 0 })],
    ['another limit', base.withOptions({ maxTokens: 11 })],
    ['one message more', base.user('')],
    ['one message less', base.slice(0, -1)],
    ['another order', base.withMessages(base.messages.toReversed())],
    ['another text', base.withMessages([{ ...base.messages[0]!, raw: 'Be brief' }, ...base.messages.slice(1)])],
    ['other tags', base.withMessages([{ ...base.messages[0]!, tags: [] }, ...base.messages.slice(1)])],
    ['a priority', base.withMessages([{ ...base.messages[0]!, priority: 0 }, ...base.messages.slice(1)])],
  ])('sees %s', (_, other) => {
    expect(base.equals(other)).toBe(false)
    expect(other.equals(base)).toBe(false)
    expect(base.hash()).not.toBe(other.hash())
  })

  it('is equal to itself, its forks and its copies, and to nothing else', () => {
    expect(base.equals(base)).toBe(true)
    expect(base.equals(base.fork())).toBe(true)
    expect(base.equals(base.slice(0, 1).concat(base.slice(1)))).toBe(true)
    expect(base.equals(contextFromJSON(JSON.parse(JSON.stringify(base))))).toBe(true)
    for (const other of [undefined, null, {}, base.toJSON()]) expect(base.equals(other)).toBe(false)
  })

  it('tells halves of surrogate pairs apart', () => {
    const texts = ['\uD800', '\uDC00', '\uFFFD']
    const hashes = [...texts, ...texts].map((text) => createContext({ model: text }).user(text).hash())
    expect(new Set(hashes).size).toBe(texts.length)
  })

  it('hashes after each of 10,000 appends', () => {
    let context = createContext()
    let hash = context.hash()
    for (let index = 0; index < 10_000; index++) {
      context = context.user('12345')
      hash = context.hash()
    }
    expect(hash).toBe(createContext().withMessages(context.messages).hash())
  })
})
