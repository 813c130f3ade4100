import { describe, expect, it } from 'vitest'
import { type Context, createContext } from './context.ts'

/** Ids m1, m2 and so on. */
function create(): Context {
  let count = 0
  return createContext({ createId: () => `m${++count}` })
}

describe('Context.toolCall', () => {
  it('adds a call with its id, arguments and what is asked of the response', () => {
    const responseSchema = { type: 'object' }
    const context = create().toolCall({
      id: 'c1',
      tool: 'weather',
      args: { city: 'Berlin' },
      responseSchema,
      tags: ['a'],
    })
    expect(context.messages).toStrictEqual([
      {
        id: 'm1',
        role: 'tool',
        raw: '{"city":"Berlin"}',
        callId: 'c1',
        tool: 'weather',
        args: { city: 'Berlin' },
        responseSchema: { type: 'object' },
        tags: ['a'],
      },
    ])
  })

  it('makes the id that is missing', () => {
    const context = create().toolCall({ tool: 'weather', args: {} })
    expect(context.messages).toMatchObject([{ id: 'm1', callId: 'm2' }])
    expect(context.toolResult({ id: 'm2', result: 'sunny' }).length).toBe(2)
  })

  it('takes the id of an earlier call only when that has its result', () => {
    const open = create().toolCall({ id: 'c1', tool: 'weather', args: {} })
    expect(() => open.toolCall({ id: 'c1', tool: 'time', args: {} })).toThrow(
      expect.objectContaining({
        name: 'ToolPairingError',
        code: 'tool_call_exists',
        message:
          'The tool call "c1" still waits for its result. Give this call another id, or leave "id" out: context.toolCall({ tool: "weather", args: { city: "Berlin" } }).',
        details: { callId: 'c1', open: ['c1'] },
      }),
    )
    const answered = open.toolResult({ id: 'c1', result: 1 })
    const again = answered.toolCall({ id: 'c1', tool: 'time', args: {} }).toolResult({ id: 'c1', result: 2 })
    expect(again.messages.map((message) => 'tool' in message && message.tool)).toEqual([
      'weather',
      'weather',
      'time',
      'time',
    ])
  })

  it('refuses what is no call', () => {
    expect(() => create().toolCall('weather' as unknown as never)).toThrow(
      new TypeError(
        'Expected "call" to be an object such as { tool: "weather", args: { city: "Berlin" } }, got a string ("weather").',
      ),
    )
    expect(() => create().toolCall({ tool: 'a', arguments: {} } as never)).toThrow(
      new TypeError('"call" has no key "arguments". Did you mean "args"?'),
    )
  })
})

describe('Context.toolResult', () => {
  const context = create()
    .toolCall({ id: 'call_1', tool: 'weather', args: {} })
    .toolCall({ id: 'call_2', tool: 'time', args: {} })

  it('adds the result of a call, in any order', () => {
    const both = context
      .toolResult({ id: 'call_2', result: { hour: 12 }, isError: true })
      .toolResult({ id: 'call_1', result: 'sunny' })
    expect(both.messages.slice(2)).toMatchObject([
      { role: 'tool_result', callId: 'call_2', tool: 'time', raw: '{"hour":12}', result: { hour: 12 }, isError: true },
      { role: 'tool_result', callId: 'call_1', tool: 'weather', raw: 'sunny', result: 'sunny' },
    ])
  })

  const example =
    'For example: context.toolCall({ id: "call_1", tool: "weather", args: { city: "Berlin" } }).toolResult({ id: "call_1", result: "sunny" }).'

  it('refuses a result without a call, and says which calls wait', () => {
    expect(() => context.toolResult({ id: 'calll_1', result: 1 })).toThrow(
      expect.objectContaining({
        name: 'ToolPairingError',
        code: 'tool_call_not_found',
        message: `Expected "id" to be that of an earlier tool call, got a string ("calll_1"). Did you mean "call_1"? Waiting for a result: call_2, call_1. ${example}`,
        details: { callId: 'calll_1', open: ['call_2', 'call_1'], closest: 'call_1' },
      }),
    )
    expect(() => create().toolResult({ id: 'call_1', result: 1 })).toThrow(
      expect.objectContaining({
        code: 'tool_call_not_found',
        message: `Expected "id" to be that of an earlier tool call, got a string ("call_1"). No call waits for a result. ${example}`,
        details: { callId: 'call_1', open: [] },
      }),
    )
  })

  it('says of ids without end how they begin', () => {
    const long = 'x'.repeat(100_000)
    const waiting = create().toolCall({ id: long, tool: 'a', args: {} })
    for (const act of [
      () => waiting.toolCall({ id: long, tool: 'a', args: {} }),
      () => waiting.toolResult({ id: `${long}y`, result: 1 }),
      () => waiting.toolResult({ id: long, result: 1 }).toolResult({ id: long, result: 1 }),
    ]) {
      expect(act).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{50,500}$/) }))
    }
  })

  it('refuses a second result of one call', () => {
    const answered = context.toolResult({ id: 'call_1', result: 1 })
    expect(() => answered.toolResult({ id: 'call_1', result: 1 })).toThrow(
      expect.objectContaining({
        code: 'tool_result_exists',
        message:
          'The tool call "call_1" has its result already. A call has one result: put all of it into that, as in context.toolResult({ id: "call_1", result: ["sunny", "windy"] }).',
        details: { callId: 'call_1', open: ['call_2'] },
      }),
    )
  })

  it('knows the calls of its own branch, and no others', () => {
    const base = create()
    const one = base.toolCall({ id: 'one', tool: 'a', args: {} })
    const two = base.toolCall({ id: 'two', tool: 'b', args: {} })
    expect(one.fork().toolResult({ id: 'one', result: 1 }).length).toBe(2)
    expect(one.toolResult({ id: 'one', result: 1 }).length).toBe(2)
    expect(two.concat(one).toolResult({ id: 'one', result: 1 }).length).toBe(3)
    expect(two.withMessages(one.messages).toolResult({ id: 'one', result: 1 }).length).toBe(2)
    for (const other of [two, one.slice(1), one.slice(0, 0)]) {
      expect(() => other.toolResult({ id: 'one', result: 1 })).toThrow(
        expect.objectContaining({ code: 'tool_call_not_found' }),
      )
    }
  })

  it('refuses what is no result', () => {
    expect(() => context.toolResult(null as never)).toThrow(
      new TypeError('Expected "result" to be an object such as { id: "call_1", result: "sunny" }, got null.'),
    )
    expect(() => context.toolResult({ result: 1 } as never)).toThrow(
      new TypeError('Expected "id" to be a string that is not empty, got undefined.'),
    )
    expect(() => context.toolResult({ id: 'call_1', result: 1, error: true } as never)).toThrow(
      new TypeError('"result" has no key "error". Did you mean "isError"?'),
    )
  })

  it('pairs 10,000 calls that all wait at once', () => {
    let calls = create()
    for (let index = 0; index < 10_000; index++) calls = calls.toolCall({ id: `c${index}`, tool: 'a', args: {} })
    for (let index = 0; index < 10_000; index++) calls = calls.toolResult({ id: `c${index}`, result: index })
    expect(calls.length).toBe(20_000)
    expect(() => calls.toolResult({ id: 'c0', result: 0 })).toThrow(
      expect.objectContaining({ code: 'tool_result_exists' }),
    )
  })
})

describe('Context.add, tools', () => {
  it('holds to the same rules', () => {
    const call = create().add({ role: 'tool', callId: 'c1', tool: 'weather', args: {} })
    expect(() => call.add({ role: 'tool', callId: 'c1', tool: 'weather', args: {} })).toThrow(
      expect.objectContaining({ code: 'tool_call_exists' }),
    )
    const answered = call.add({ role: 'tool_result', callId: 'c1', result: 'sunny' })
    expect(answered.messages[1]).toMatchObject({ tool: 'weather' })
    expect(() => create().add(answered.messages[1]!)).toThrow(expect.objectContaining({ code: 'tool_call_not_found' }))
    expect(() => call.add({ role: 'tool_result', callId: 'c1', tool: 'time', result: 1 })).toThrow(
      new TypeError('Expected "tool" to be that of the call, "weather", got "time". Leave it out.'),
    )
    expect(() => create().add({ role: 'tool_result', callId: 'c1', result: 1 })).toThrow(
      expect.objectContaining({ code: 'tool_call_not_found' }),
    )
  })
})

describe('Context.withMessages, tools', () => {
  it('takes a window of a history, and finds the tool of a result in it', () => {
    const context = create().withMessages([
      { role: 'tool_result', callId: 'c0', tool: 'weather', result: 1 },
      { role: 'tool', callId: 'c1', tool: 'time', args: {} },
      { role: 'tool_result', callId: 'c1', result: 12 },
    ])
    expect(context.messages).toMatchObject([{ callId: 'c0' }, { callId: 'c1' }, { tool: 'time' }])
    expect(() => create().withMessages([{ role: 'tool_result', callId: 'c0', result: 1 }])).toThrow(
      expect.objectContaining({ code: 'tool_call_not_found' }),
    )
  })
})

describe('Context.media', () => {
  it('adds a medium', () => {
    const context = create().media({ url: 'https://example.com/cat.png', size: 12, name: 'Ada' })
    expect(context.messages).toStrictEqual([
      {
        id: 'm1',
        role: 'media',
        raw: 'https://example.com/cat.png',
        mimeType: 'image/png',
        url: 'https://example.com/cat.png',
        size: 12,
        name: 'Ada',
      },
    ])
  })

  it('refuses what is none', () => {
    expect(() => create().media('cat.png' as never)).toThrow(
      new TypeError(
        'Expected "media" to be an object such as { url: "https://example.com/cat.png" }, got a string ("cat.png").',
      ),
    )
    expect(() => create().media({ url: 'cat.png', role: 'user' } as never)).toThrow(
      new TypeError(
        '"media" has no key "role". Known: mimeType, url, data, size, id, name, tags, metadata, template, engine, assigns, pinned, priority.',
      ),
    )
    expect(() => create().media({ url: 'cat' })).toThrow(expect.objectContaining({ code: 'invalid_media_type' }))
  })
})
