import { collectResponse, type StreamPart } from '@empire/llm'
import { describe, expect, it } from 'vitest'
import { createAnswerReader } from './create-answer-reader.ts'

const counts = { input_tokens: 5, output_tokens: 1 }
const start = { type: 'message_start', message: { model: 'claude-x', usage: counts } }
const stop = { type: 'message_stop' }

function delta(index: number, type: string, fields: object): object {
  return { type: 'content_block_delta', index, delta: { type, ...fields } }
}

function begin(index: number, content_block: object): object {
  return { type: 'content_block_start', index, content_block }
}

function end(index: number): object {
  return { type: 'content_block_stop', index }
}

function message(stop_reason: string, usage: object = { output_tokens: 9 }): object {
  return { type: 'message_delta', delta: { stop_reason }, usage }
}

function read(...frames: readonly unknown[]): StreamPart[] {
  const reader = createAnswerReader('req_1')
  return frames.flatMap((frame) => reader.read(frame))
}

function failure(...frames: readonly unknown[]): unknown {
  try {
    read(...frames)
  } catch (error) {
    return error
  }
  return undefined
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

const use = { type: 'tool_use', id: 't', name: 'look', input: {} }

const thought = (index: number) => [begin(index, { type: 'thinking', thinking: 'Hm', signature: 's' }), end(index)]
const text = (index: number) => [begin(index, { type: 'text', text: 'So.' }), end(index)]
const call = (index: number) => [begin(index, { ...use, id: `t${index}` }), end(index)]

/** What an answer of these blocks says of their order. */
function orderOf(...frames: readonly object[]): unknown[] {
  return read(start, ...frames, message('end_turn'), message('end_turn'), stop).flatMap((part) =>
    part.type === 'reasoning-end' && part.block === undefined ? [part.vendor] : [],
  )
}

describe('createAnswerReader', () => {
  it('numbers blocks that come at the same time', async () => {
    const parts = read(
      start,
      begin(0, { type: 'thinking', thinking: '', signature: '' }),
      begin(1, { type: 'text', text: '' }),
      delta(0, 'thinking_delta', { thinking: 'Hm' }),
      delta(1, 'text_delta', { text: 'It ' }),
      delta(0, 'signature_delta', { signature: 's' }),
      end(0),
      delta(1, 'text_delta', { text: 'rains.' }),
      end(1),
      message('end_turn'),
      stop,
    )
    expect(await collectResponse(each(parts))).toMatchObject({
      text: 'It rains.',
      reasoning: [{ text: 'Hm', signature: 's' }],
    })
  })

  it('joins the arguments of calls that come at the same time', () => {
    const parts = read(
      begin(0, use),
      begin(1, { ...use, id: 'u' }),
      delta(0, 'input_json_delta', { partial_json: '' }),
      delta(1, 'input_json_delta', { partial_json: '{"b":' }),
      delta(0, 'input_json_delta', { partial_json: '{"a":1}' }),
      delta(1, 'input_json_delta', { partial_json: '[2]}' }),
      end(0),
      end(1),
    )
    expect(parts.filter(({ type }) => type === 'tool-call-end')).toEqual([
      { type: 'tool-call-end', id: 't', name: 'look', input: { a: 1 } },
      { type: 'tool-call-end', id: 'u', name: 'look', input: { b: [2] } },
    ])
  })

  it.each([
    ['in pieces', [begin(0, use), delta(0, 'input_json_delta', { partial_json: '{"__proto__":{"a":1}}' })]],
    ['at once', [begin(0, { ...use, input: JSON.parse('{"__proto__":{"a":1}}') as unknown })]],
  ])('keeps a key named __proto__ of arguments that come %s a key', (_, frames) => {
    const last = read(...frames, end(0)).at(-1)
    expect(JSON.stringify(last)).toContain('"input":{"__proto__":{"a":1}}')
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })

  it.each(['{"city":"Be', '[1]', 'null', '3'])('never makes a call of the arguments %s', (json) => {
    const cut = [begin(0, use), delta(0, 'input_json_delta', { partial_json: json }), end(0)]
    const error = {
      code: 'invalid_response',
      message:
        'The arguments of a call of the tool "look" are no JSON object. They were cut off, or the model wrote them wrong.',
      details: { path: 'input', tool: 'look', frame: json },
    }
    expect(failure(...cut, message('tool_use'))).toMatchObject(error)
    // An answer that reached its limit is cut somewhere, and its text is good.
    const parts = read(...cut, message('max_tokens'), stop)
    expect(parts.some(({ type }) => type === 'tool-call-end')).toBe(false)
    expect(parts).toContainEqual({ type: 'error', error: expect.objectContaining(error) })
    expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'length' })
  })

  it('counts what the end says over what the start said', () => {
    const parts = read(
      {
        ...start,
        message: { model: 'x', usage: { ...counts, cache_read_input_tokens: 3, cache_creation_input_tokens: null } },
      },
      message('end_turn', { input_tokens: null, output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } }),
    )
    expect(parts.map((part) => part.type === 'usage' && part.usage)).toEqual([
      { input: 5, cacheRead: 3, cacheWrite: 0, output: 1, reasoning: 0, vendor: expect.anything() },
      {
        input: 5,
        cacheRead: 3,
        cacheWrite: 0,
        output: 5,
        reasoning: 4,
        vendor: {
          input_tokens: 5,
          output_tokens: 9,
          cache_read_input_tokens: 3,
          output_tokens_details: { thinking_tokens: 4 },
        },
      },
    ])
  })

  it.each([[{ type: 'new_event', with: { what: 'ever' } }], [begin(0, { type: 'new_block', data: 'x' })]])(
    'passes %j on as it is',
    (frame) => {
      expect(read(frame)).toEqual([{ type: 'raw', vendor: 'claude', frame }])
    },
  )

  it('passes deltas of unknown types on, in blocks of any type', () => {
    const blocks = [{ type: 'text', text: '' }, { type: 'thinking', thinking: '' }, use, { type: 'new_block' }]
    for (const block of blocks) {
      const frame = delta(0, 'new_delta', { more: 1 })
      expect(read(begin(0, block), frame)).toContainEqual({ type: 'raw', vendor: 'claude', frame })
    }
  })

  it('does not give back a block that it has not understood whole', () => {
    const parts = read(begin(0, { type: 'new_block' }), delta(0, 'new_delta', { more: 1 }), end(0))
    expect(parts.every(({ type }) => type === 'raw')).toBe(true)
  })

  it('gives back a summary that the API has made', () => {
    const parts = read(
      begin(0, { type: 'compaction', content: null, encrypted_content: null }),
      delta(0, 'compaction_delta', { content: 'They asked.', encrypted_content: 'x' }),
      delta(0, 'signature_delta', { signature: 's' }),
      end(0),
    )
    const block = { type: 'compaction', content: 'They asked.', encrypted_content: 'x', signature: 's' }
    expect(parts.at(-1)).toMatchObject({ type: 'reasoning-end', vendor: { claude: { thinking: [block] } } })
  })

  it('says the order of an answer once, at its end, where it is not the usual one', () => {
    expect(orderOf(...thought(0), ...thought(1), ...text(2), ...text(3), ...call(4), ...call(5))).toEqual([])
    const order = [{ type: 'text', text: 'So.' }, 0, { type: 'tool_use', id: 't2' }]
    expect(orderOf(...text(0), ...thought(1), ...call(2))).toEqual([{ claude: { order } }])
    expect(orderOf(...call(2), ...thought(1), ...text(0))).toEqual([{ claude: { order } }])
  })

  it('does not give back thoughts that the API has not signed', () => {
    const parts = read(begin(0, { type: 'thinking', thinking: 'Hm' }), end(0))
    expect(parts.at(-1)).toEqual({ type: 'reasoning-end', block: 0 })
  })

  it('knows unknown fields nowhere', () => {
    const parts = read(
      { ...start, message: { ...start.message, mood: 'good' }, mood: 'good' },
      { type: 'ping', mood: 'good' },
      begin(0, { type: 'text', text: 'Hi', mood: 'good' }),
      end(0),
      { ...message('end_turn'), mood: 'good' },
      stop,
    )
    expect(parts.map(({ type }) => type)).toEqual(['usage', 'text-start', 'text-delta', 'text-end', 'usage', 'finish'])
  })

  it.each([
    [null, ''],
    ['text', ''],
    [{}, 'type'],
    [{ type: 'message_start' }, 'message'],
    [{ type: 'message_start', message: { model: 'x', usage: { output_tokens: '3' } } }, 'message.usage.output_tokens'],
    [{ type: 'message_start', message: { model: 'x', usage: { input_tokens: -1 } } }, 'message.usage.input_tokens'],
    [begin(0, { type: 'text', text: 3 }), 'content_block.text'],
    [begin(0, { type: 'thinking' }), 'content_block.thinking'],
    [begin(0, { type: 'tool_use', id: 't' }), 'content_block.name'],
    [begin(0, { type: 'tool_use', id: 't', name: 'look', input: [] }), 'content_block.input'],
    [{ type: 'content_block_start', index: 0 }, 'content_block'],
    [{ type: 'content_block_start', index: 'a', content_block: { type: 'text', text: '' } }, 'index'],
    [{ type: 'message_delta', delta: { stop_reason: 3 } }, 'delta.stop_reason'],
  ])('refuses %j', (frame, path) => {
    expect(failure(frame)).toMatchObject({ code: 'invalid_response', details: { path, frame } })
  })

  it('refuses a delta of a wrong type, and shows no secret of it', () => {
    const frame = delta(0, 'text_delta', { text: 3, key: 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789' })
    const error = failure(begin(0, { type: 'text', text: '' }), frame) as Error
    expect(error).toMatchObject({ code: 'invalid_response', details: { path: 'delta.text' } })
    expect(JSON.stringify(error)).not.toContain('sk-ant-api03')
  })

  it.each([delta(3, 'text_delta', { text: 'x' }), end(3)])('refuses %j of a block that is not open', (frame) => {
    expect(failure(frame)).toMatchObject({
      code: 'invalid_response',
      message: 'Claude went on with block 3 of its answer, which is not open.',
    })
  })

  it.each([
    ['overloaded_error', 'overloaded'],
    ['api_error', 'overloaded'],
    ['rate_limit_error', 'rate_limited'],
    ['timeout_error', 'timeout'],
    ['authentication_error', 'authentication'],
    ['invalid_request_error', 'invalid_request'],
    ['an_error_to_come', 'interrupted'],
  ])('throws an error frame of the type %s as "%s"', (type, code) => {
    const frame = { type: 'error', error: { type, message: 'So.' } }
    expect(failure(frame)).toMatchObject({
      code,
      message: 'Claude broke the answer off: So.',
      details: { requestId: 'req_1', body: frame },
    })
  })

  it.each([{ type: 'error' }, { type: 'error', error: null }, { type: 'error', error: 'x' }])('throws %j', (frame) => {
    expect(failure(frame)).toMatchObject({ code: 'interrupted', message: 'Claude broke the answer off.' })
  })
})
