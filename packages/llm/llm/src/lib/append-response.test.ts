import { createContext } from '@empire/context'
import { toClaude } from '@empire/context/claude'
import { describe, expect, it } from 'vitest'
import { appendResponse } from './append-response.ts'
import type { ModelResponse } from './language-model.ts'
import type { Reasoning } from './reasoning.ts'

const context = createContext().user('Rain?')
const call = { id: 'a', name: 'look', input: { city: 'Bern' } }

function response(parts: Partial<ModelResponse>): ModelResponse {
  return {
    text: '',
    reasoning: [],
    toolCalls: [],
    citations: [],
    media: [],
    usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    finish: { reason: 'stop' },
    ...parts,
  }
}

function metadata(reasoning: readonly Reasoning[]): unknown {
  return appendResponse(context, response({ text: 'Yes.', reasoning })).messages[1]?.metadata
}

describe('appendResponse', () => {
  it('adds the text, then the calls', () => {
    const { messages } = appendResponse(
      context,
      response({ text: 'Let me see.', toolCalls: [call, { ...call, id: 'b' }] }),
    )
    expect(messages.slice(1)).toMatchObject([
      { role: 'assistant', raw: 'Let me see.' },
      { role: 'tool', callId: 'a', tool: 'look', args: { city: 'Bern' } },
      { role: 'tool', callId: 'b', tool: 'look', args: { city: 'Bern' } },
    ])
    expect(messages.every((message) => message.metadata === undefined)).toBe(true)
  })

  it('adds an empty message for an answer without text and calls', () => {
    expect(appendResponse(context, response({})).messages[1]).toMatchObject({ role: 'assistant', raw: '' })
  })

  it('keeps thoughts that the vendor does not want back', () => {
    expect(metadata([{ text: 'Hm.', signature: 's' }])).toEqual({ reasoning: [{ text: 'Hm.', signature: 's' }] })
  })

  it('puts what a vendor wants back under its name, lists joined', () => {
    const reasoning = [
      { text: 'Hm.' },
      { text: 'a', vendor: { claude: { thinking: [1] }, gemini: { thoughtSignature: 'x' } } },
      { text: 'b', vendor: { claude: { thinking: [2, 3] }, gemini: { thoughtSignature: 'y' } } },
    ]
    expect(metadata(reasoning)).toEqual({
      reasoning: [{ text: 'Hm.' }],
      claude: { thinking: [1, 2, 3] },
      gemini: { thoughtSignature: 'y' },
    })
    expect(reasoning[1]?.vendor?.claude.thinking).toEqual([1])
  })

  it('gives the thoughts to the first call of an answer without text, where the wire door finds them', () => {
    const thought = { type: 'thinking', thinking: 'Hm.', signature: 's' }
    const reasoning = [{ text: 'Hm.', signature: 's', vendor: { claude: { thinking: [thought] } } }]
    const next = appendResponse(context, response({ reasoning, toolCalls: [call, { ...call, id: 'b' }] }))
    const answered = next.toolResult({ id: 'a', result: 1 }).toolResult({ id: 'b', result: 2 })
    expect(toClaude(answered).messages[1]?.content).toMatchObject([
      thought,
      { type: 'tool_use', id: 'a' },
      { type: 'tool_use', id: 'b' },
    ])
  })
})
