import { describe, expect, it } from 'vitest'
import type { ClaudeClient } from './claude-client.ts'
import type { ClaudeOptions } from './claude-options.ts'
import { createClaude } from './create-claude.ts'

const model = 'claude-opus-5-5'
const client: ClaudeClient = { post: () => expect.unreachable(), get: () => expect.unreachable() }

describe('the options of createClaude', () => {
  it.each([
    [undefined, 'createClaude: "options" must be an object, got undefined.'],
    [null, 'createClaude: "options" must be an object, got null.'],
    [{}, 'createClaude: "model" must be the name of a model, got undefined.'],
    [{ model: '' }, 'createClaude: "model" must be the name of a model, got a string ("").'],
    [{ model, apikey: 'x' }, 'createClaude: "options" has no key "apikey". Did you mean "apiKey"?'],
    [
      { model, retries: 3 },
      'createClaude: "options" has no key "retries". Known: model, apiKey, baseUrl, client, betas, serverTools, cacheTtl, maxOutputTokens, hoistSystem, names, opening, fetch.',
    ],
    [{ model, apiKey: '' }, 'createClaude: "apiKey" must be a string that is not empty, or a function that gives one.'],
    [{ model, apiKey: 3 }, 'createClaude: "apiKey" must be a string that is not empty, or a function that gives one.'],
    [{ model, baseUrl: 'here' }, 'createClaude: "baseUrl" must be a URL, got a string ("here").'],
    [{ model, betas: 'a' }, 'createClaude: "betas" must be an array of names, got a string ("a").'],
    [{ model, betas: [''] }, 'createClaude: "betas" must be an array of names, got an array.'],
    [
      { model, serverTools: [{ name: 'a' }] },
      'createClaude: "serverTools" must be an array of objects with a type, got an array.',
    ],
    [{ model, cacheTtl: '2h' }, 'createClaude: "cacheTtl" must be "5m" or "1h", got a string ("2h").'],
    [{ model, maxOutputTokens: 0 }, 'createClaude: "maxOutputTokens" must be a positive integer, got a number (0).'],
    [{ model, hoistSystem: 1 }, 'createClaude: "hoistSystem" must be a boolean, got a number (1).'],
    [{ model, names: 'keep' }, 'createClaude: "names" must be "prefix" or "omit", got a string ("keep").'],
    [{ model, opening: ' ' }, 'createClaude: "opening" must be a text that is not blank, got a string (" ").'],
    [{ model, fetch: {} }, 'createClaude: "fetch" must be a function, got an object.'],
    [
      { model, client: {} },
      'createClaude: "client" must be the client of an SDK, with "post" and "get", got an object.',
    ],
    [
      { model, client, apiKey: 'x' },
      'createClaude: "apiKey" has no effect beside "client". Give it to the client instead.',
    ],
  ])('refuse %j', (options, message) => {
    expect(() => createClaude(options as unknown as ClaudeOptions)).toThrow(new TypeError(message))
  })

  it('never show the key', () => {
    const key = 'my-plain-looking-key'
    const made = createClaude({ model, apiKey: key })
    expect(JSON.stringify(made)).not.toContain(key)
    expect(Object.keys(made)).toEqual(
      expect.arrayContaining(['id', 'vendor', 'capabilities', 'maxOutputTokens', 'stream', 'generate']),
    )
    expect(Object.isFrozen(made)).toBe(true)
  })

  it('say what the model is', () => {
    expect(createClaude({ model, client })).toMatchObject({
      id: model,
      vendor: 'claude',
      maxOutputTokens: 128_000,
      capabilities: { tools: true, structuredOutput: true, cacheBreakpoints: true },
    })
    expect(createClaude({ model, client, maxOutputTokens: 7 }).maxOutputTokens).toBe(7)
    expect(createClaude({ model: 'other', client }).maxOutputTokens).toBeUndefined()
  })
})
