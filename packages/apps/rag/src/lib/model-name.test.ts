import { describe, expect, it } from 'vitest'
import { isModelName, parseModelName } from './model-name.ts'

describe('parseModelName', () => {
  it.each([
    ['claude:claude-x', { vendor: 'claude', id: 'claude-x' }],
    [
      'gemini:gemini-x@https://proxy.example/g',
      { vendor: 'gemini', id: 'gemini-x', baseUrl: 'https://proxy.example/g' },
    ],
    ['openai:@cf/llama@http://[::1]:8080/v1', { vendor: 'openai', id: '@cf/llama', baseUrl: 'http://[::1]:8080/v1' }],
    ['openai:a:b@c', { vendor: 'openai', id: 'a:b@c' }],
  ])('reads %s', (name, address) => {
    expect(parseModelName(name)).toEqual({ baseUrl: undefined, ...address })
  })

  it.each([
    'llm-extractive',
    'claude:',
    'openai:@http://localhost',
    'mistral:x',
    'openai:x y',
    'openai:x@http://',
    'openai:x@https://user:password@example.com',
    'openai:x@https://example.com/v1?key=secret',
    'openai:x@',
    'openai:x@ftp://example.com',
    '',
  ])('finds no address in "%s"', (name) => {
    expect(parseModelName(name)).toBe(undefined)
    expect(isModelName(name)).toBe(name === 'llm-extractive')
  })

  it('takes no time for a long name', () => {
    expect(parseModelName(`openai:${'@http://'.repeat(50_000)} `)).toBe(undefined)
  })
})
