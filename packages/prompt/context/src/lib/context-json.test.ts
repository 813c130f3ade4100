import { createEstimator } from '@empire/tokens'
import { createLiquid } from '@empire/template-liquid'
import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'
import { contextFromJSON } from './context-json.ts'

const engines = [createLiquid()]
const tokenCounter = createEstimator()

describe('contextFromJSON', () => {
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

  it('takes what is not data from another context, and all data from the JSON', () => {
    const compaction = { options: { maxTokens: 5 } }
    const context = createContext({ model: 'gpt-4o', maxTokens: 9, tokenCounter, engines, compaction }).user('Hi')
    const back = contextFromJSON(createContext({ temperature: 1 }).user('Hi').toJSON(), context)
    expect([back.model, back.maxTokens, back.temperature]).toEqual([undefined, undefined, 1])
    expect([back.tokenCounter, back.compaction, back.engines]).toEqual([tokenCounter, compaction, engines])
  })

  it('writes its version and only what is set', () => {
    expect(createContext().toJSON()).toStrictEqual({ version: 1, messages: [] })
    const context = createContext({ model: 'o3', tokenCounter, engines, modules: { greet: String } })
    expect(JSON.stringify(context.user('Hi', { id: 'm1' }))).toBe(
      '{"version":1,"model":"o3","messages":[{"id":"m1","role":"user","raw":"Hi"}]}',
    )
    expect(createContext({ onUnknownModel: 'estimate' }).toJSON()).toStrictEqual({
      version: 1,
      onUnknownModel: 'estimate',
      messages: [],
    })
  })

  it('keeps a window that begins between a call and its result', () => {
    const context = createContext()
      .toolCall({ id: 'c1', tool: 'weather', args: { city: 'Berlin' } })
      .toolResult({ id: 'c1', result: 'sunny' })
      .slice(1)
    expect(contextFromJSON(JSON.parse(JSON.stringify(context))).messages).toEqual(context.messages)
  })

  it('makes the ids that are missing', () => {
    const json = { version: 1, messages: [{ role: 'user', raw: 'Hi' }] }
    expect(contextFromJSON(json, { createId: () => 'm1' }).messages).toEqual([{ id: 'm1', role: 'user', raw: 'Hi' }])
  })

  it('refuses options that do not exist, or are data', () => {
    expect(() => contextFromJSON({ version: 1, messages: [] }, { model: 'o3' } as {})).toThrow(
      new TypeError('"options" has no key "model". Known: tokenCounter, compaction, engines, modules, createId.'),
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
      { version: 1, messages: [{ role: 'tool', tool: 'weather', args: [], callId: 'c1' }] },
      'messages[0]',
      'The JSON is not that of a context: messages[0]: Expected "args" to be an object of arguments by name, got an empty array. For example: context.toolCall({ tool: "weather", args: { city: "Berlin" } }).',
    ],
    [
      { version: 1, messages: [], maxTokens: '3' },
      '',
      'The JSON is not that of a context: Expected "maxTokens" to be a positive integer, got a string ("3").',
    ],
    [
      { version: 1, messages: [], extra: 1 },
      '',
      'The JSON is not that of a context: "context" has no key "extra". Known: model, temperature, maxTokens, onUnknownModel.',
    ],
    [
      { version: 1, messages: [], tokenCounter: {} },
      '',
      'The JSON is not that of a context: "context" has no key "tokenCounter". Known: model, temperature, maxTokens, onUnknownModel.',
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
