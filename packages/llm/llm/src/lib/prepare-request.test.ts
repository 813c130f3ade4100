import { createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import type { ModelRequest } from './model-request.ts'
import { prepareRequest } from './prepare-request.ts'

const messages = [{ role: 'user', content: 'Hello' }] as const

describe('prepareRequest', () => {
  it('gives the conversation as a context', () => {
    const { context, ...rest } = prepareRequest({ messages, topK: 3 })
    expect(context.messages).toMatchObject([{ role: 'user', raw: 'Hello' }])
    expect(rest).toEqual({ topK: 3 })
  })

  it('takes the temperature of the context where the request has none', () => {
    const context = createContext({ temperature: 0.5, maxTokens: 9 }).user('Hello')
    expect(prepareRequest({ messages: context })).toMatchObject({ context, temperature: 0.5 })
    expect(prepareRequest({ messages: context, temperature: 0 })).toMatchObject({ temperature: 0 })
    expect(prepareRequest({ messages: context })).not.toHaveProperty('maxTokens')
  })

  it.each([
    [
      'two tools of one name',
      'tools[1].name',
      { tools: ['a', 'a'].map((name) => ({ name, input: {} })) },
      '"tools[1].name" of the request must be a name of its own, got a string ("a") again.',
    ],
    [
      'a tool with a name that is too long',
      'tools[0].name',
      { tools: [{ name: 'a'.repeat(65), input: {} }] },
      `"tools[0].name" of the request must be 1 to 64 letters, digits, "_" and "-", got a string ("${'a'.repeat(40)}" and 25 characters more).`,
    ],
    [
      'a breakpoint behind the last message',
      'cacheBreakpoints[1]',
      { cacheBreakpoints: [0, 1] },
      '"cacheBreakpoints[1]" of the request must be the index of a message, got 1 of 1 messages.',
    ],
    [
      'vendor fields in an array',
      'vendor',
      { vendor: [{}] },
      '"vendor" of the request must be an object of objects by vendor, got an array.',
    ],
    [
      'vendor fields that are an array',
      'vendor',
      { vendor: { claude: [] } },
      '"vendor" of the request must be an object of objects by vendor, got an object.',
    ],
    [
      'a parameter with a special name',
      '__proto__',
      JSON.parse('{ "__proto__": {} }'),
      '"__proto__" of the request is not known. Check the spelling, or pass it in "vendor".',
    ],
  ])('refuses %s', (_, path, parameters: object, message) => {
    const request = Object.defineProperties({ messages }, Object.getOwnPropertyDescriptors(parameters))
    expect(() => prepareRequest(request as unknown as ModelRequest)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message, details: { path } }),
    )
  })
})
