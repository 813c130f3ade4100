import { createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { prepareRequest } from '../prepare-request.ts'
import type { ModelRequest } from '../model-request.ts'
import { tokenBound } from './token-bound.ts'

const long = 'x'.repeat(5000)
const bound = (request: Partial<ModelRequest>): number =>
  tokenBound(prepareRequest({ messages: [{ role: 'user', content: 'Hello' }], ...request }))

describe('tokenBound', () => {
  it.each<readonly [string, Partial<ModelRequest>]>([
    ['a message', { messages: [{ role: 'user', content: long }] }],
    [
      'the thoughts of an answer',
      { messages: createContext().assistant('', { metadata: { reasoning: [{ text: long }] } }) },
    ],
    [
      'the result of a tool',
      {
        messages: createContext().toolCall({ id: '1', tool: 'a', args: {} }).toolResult({ id: '1', result: long }),
      },
    ],
    ['the arguments of a tool', { messages: createContext().toolCall({ id: '1', tool: 'a', args: { long } }) }],
    ['the description of a tool', { tools: [{ name: 'a', description: long, input: {} }] }],
    ['the form of arguments', { tools: [{ name: 'a', input: { description: long } }] }],
    ['the form of the answer', { output: { schema: { description: long } } }],
    ['fields of a vendor', { vendor: { claude: { long } } }],
  ])('counts %s', (_, request) => {
    expect(bound(request)).toBeGreaterThanOrEqual(5000)
  })

  it('is at least the bytes, for a token may be one', () => {
    expect(bound({ messages: [{ role: 'user', content: '😀'.repeat(100) }] })).toBeGreaterThanOrEqual(400)
  })

  it('refuses a medium', () => {
    const messages = createContext().media({ url: 'https://example.com/cat.png' })
    expect(() => bound({ messages })).toThrow(expect.objectContaining({ code: 'over_budget' }))
  })
})
