import { createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { appendResponse } from './append-response.ts'
import type { ModelResponse } from './language-model.ts'
import type { Reasoning } from './reasoning.ts'
import type { ToolCall } from './tool-call.ts'

const asked = createContext().user('What is the weather?')

function response(text: string, reasoning: readonly Reasoning[], toolCalls: readonly ToolCall[] = []): ModelResponse {
  const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 }
  return { text, reasoning, toolCalls, citations: [], media: [], usage, finish: { reason: 'stop' } }
}

/** What was added, as far as a response says it. */
function added(answer: ModelResponse): object[] {
  return appendResponse(asked, answer)
    .messages.slice(1)
    .map((message) => {
      const { role, metadata } = message
      return { role, ...(role === 'tool' ? { callId: message.callId } : {}), ...(metadata ? { metadata } : {}) }
    })
}

const one = { id: 'one', name: 'get_weather', input: { city: 'Bern' } }
const two = { id: 'two', name: 'get_weather', input: { city: 'Basel' } }

describe('appendResponse', () => {
  it('adds the text, then the calls', () => {
    const context = appendResponse(asked, response('Let me see.', [], [one, two]))
    expect(context.messages.slice(1)).toMatchObject([
      { role: 'assistant', raw: 'Let me see.' },
      { role: 'tool', callId: 'one', tool: 'get_weather', args: { city: 'Bern' } },
      { role: 'tool', callId: 'two', tool: 'get_weather', args: { city: 'Basel' } },
    ])
    expect(asked.length).toBe(1)
  })

  it('adds an empty message for nothing', () => {
    expect(added(response('', []))).toEqual([{ role: 'assistant' }])
  })

  it('keeps thoughts with the first message', () => {
    const reasoning = [{ text: 'Clouds.', signature: 's' }]
    expect(added(response('Rain.', reasoning, [one]))).toEqual([
      { role: 'assistant', metadata: { reasoning } },
      { role: 'tool', callId: 'one' },
    ])
    expect(added(response('', reasoning, [one, two]))).toEqual([
      { role: 'tool', callId: 'one', metadata: { reasoning } },
      { role: 'tool', callId: 'two' },
    ])
  })

  it('joins what a vendor wants back', () => {
    const reasoning = [
      { text: 'a', vendor: { claude: { thinking: [1] } } },
      { text: 'b', vendor: { claude: { thinking: [2], other: 1 }, gemini: { thoughtSignature: 's' } } },
      { text: 'c', vendor: { claude: { other: 2 }, odd: 'text' } },
    ]
    expect(added(response('Rain.', reasoning))).toEqual([
      {
        role: 'assistant',
        metadata: {
          reasoning: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
          claude: { thinking: [1, 2], other: 2 },
          gemini: { thoughtSignature: 's' },
        },
      },
    ])
  })

  it('keeps with each call what belongs to it', () => {
    const reasoning = [
      { text: '', vendor: { gemini: { thoughts: [1] } } },
      { text: '', vendor: { gemini: { calls: { two: { thoughtSignature: 's' }, three: { lost: true } } } } },
    ]
    expect(added(response('', reasoning, [one, two]))).toEqual([
      {
        role: 'tool',
        callId: 'one',
        metadata: { reasoning: [{ text: '' }, { text: '' }], gemini: { thoughts: [1] } },
      },
      { role: 'tool', callId: 'two', metadata: { gemini: { thoughtSignature: 's' } } },
    ])
  })

  it('takes names that are special to objects as names', () => {
    const vendor = JSON.parse(
      '{ "__proto__": { "calls": { "__proto__": { "a": 1 } }, "b": 2 } }',
    ) as Reasoning['vendor']
    const call = { ...one, id: '__proto__' }
    const [, message] = appendResponse(asked, response('', [{ text: '', vendor }], [call])).messages
    expect(JSON.stringify(message?.metadata)).toBe('{"reasoning":[{"text":""}],"__proto__":{"b":2,"a":1}}')
  })
})
