import { createEstimator } from '@empire/tokens'
import { createLiquid } from '@empire/template-liquid'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'
import { contextFromJSON } from './context-json.ts'
import type { MessageInput } from './message-input.ts'

const engines = [createLiquid()]
const tokenCounter = createEstimator()

/** UTF-16 units of all kinds, half a pair among them. */
const word = fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 8 }).map((units) => String.fromCharCode(...units))
const record = fc.dictionary(
  fc.string(),
  fc.jsonValue({ stringUnit: fc.constantFrom('a', '"', '\n', '\0', 'é', '😀', '\uD800', '_') }),
)
const input: fc.Arbitrary<MessageInput> = fc.record(
  {
    role: fc.constantFrom('system', 'user', 'assistant'),
    raw: fc.oneof(word, fc.constant('')),
    id: word,
    name: word,
    tags: fc.array(word),
    metadata: record,
    template: fc.oneof(fc.record({ inline: fc.string() }), fc.record({ file: fc.string() })),
    engine: word,
    assigns: record,
  },
  { requiredKeys: ['role', 'raw'] },
)

describe('contextFromJSON', () => {
  it('gives back what toJSON was called on', () => {
    const options = fc.record(
      {
        model: word,
        temperature: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        maxTokens: fc.integer({ min: 1 }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(options, fc.array(input), (settings, messages) => {
        let context = createContext(settings)
        for (const message of messages) context = context.add(message)
        const text = JSON.stringify(context)
        const back = contextFromJSON(JSON.parse(text))
        expect(back.messages).toEqual(context.messages)
        expect(JSON.stringify(back)).toBe(text)
        expect(contextFromJSON(context.toJSON()).toJSON()).toEqual(context.toJSON())
      }),
    )
  })

  it('goes on with the engines and the counter that it is given', () => {
    const context = createContext({ model: 'gpt-4o', tokenCounter, engines }).user('Hi {{ name }}', {
      engine: 'liquid',
      assigns: { name: 'Ada' },
    })
    const back = contextFromJSON(JSON.parse(JSON.stringify(context)), { tokenCounter, engines })
    expect(back.render()).toBe('Hi Ada')
    expect(back.tokenCount()).toBe(context.tokenCount())
    expect(back.user('more').length).toBe(2)
  })

  it('writes its version and only what is set', () => {
    expect(createContext().toJSON()).toStrictEqual({ version: 1, messages: [] })
    expect(JSON.stringify(createContext({ model: 'o3', tokenCounter, engines }).user('Hi'))).toBe(
      '{"version":1,"model":"o3","messages":[{"role":"user","raw":"Hi"}]}',
    )
  })

  it.each<[unknown, string, string]>([
    ['{}', '', 'The JSON is not that of a context: expected an object, got a string ("{}").'],
    [null, '', 'The JSON is not that of a context: expected an object, got null.'],
    [{ messages: [] }, 'version', 'The JSON is not that of a context: expected version 1, got undefined.'],
    [
      { version: 2, messages: [] },
      'version',
      'The JSON is not that of a context: expected version 1, got a number (2).',
    ],
    [{ version: 1 }, 'messages', 'The JSON is not that of a context: expected messages to be an array, got undefined.'],
    [
      { version: 1, messages: [{ role: 'user', raw: 'Hi' }, { role: 'user' }] },
      'messages[1]',
      'The JSON is not that of a context: messages[1]: Expected "raw" to be a string, got undefined.',
    ],
    [
      { version: 1, messages: [], maxTokens: '3' },
      '',
      'The JSON is not that of a context: Expected "maxTokens" to be a positive integer, got a string ("3").',
    ],
    [
      { version: 1, messages: [], extra: 1 },
      '',
      'The JSON is not that of a context: Unknown property "extra" of "context". Known: model, temperature, maxTokens.',
    ],
    [
      { version: 1, messages: [], tokenCounter: {} },
      '',
      'The JSON is not that of a context: Unknown property "tokenCounter" of "context". Known: model, temperature, maxTokens.',
    ],
  ])('refuses %j', (json, path, message) => {
    expect(() => contextFromJSON(json)).toThrow(
      expect.objectContaining({
        name: 'InvalidContextJSONError',
        code: 'invalid_context_json',
        message,
        details: { path },
      }),
    )
  })
})
