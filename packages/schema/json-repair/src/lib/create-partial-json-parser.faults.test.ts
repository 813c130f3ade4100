import { describe, expect, it } from 'vitest'
import { createPartialJsonParser, type PartialJsonParser } from './create-partial-json-parser.ts'

const parts = [
  '[',
  '"',
  '\\',
  '1',
  '{',
  '}',
  ',',
  ':',
  '/',
  '/*',
  '#',
  '<',
  '`',
  '-',
  '.',
  '“',
  'a ',
  '{"',
  '"\\',
  '1/',
  '[1}',
  "'",
  'a"',
  '" ',
  '{a',
  '\n',
  ' ',
  '[{"a":',
  '\\u00',
  '1e',
  '1_',
  '<think>',
  '...',
  '0x',
  'a:',
  '"a":',
]

describe('createPartialJsonParser', () => {
  it.each(parts)('reads a megabyte of %j, with a value after each 20 characters', { timeout: 60_000 }, (part) => {
    const text = part.repeat(Math.ceil(20 / part.length))
    for (const before of ['', '[', '["', 'x ', '{"a":"b "']) {
      const parser = createPartialJsonParser()
      parser.push(before)
      for (let length = 0; length < 1_000_000; length += text.length) {
        parser.push(text)
        read(parser)
      }
      expect(parser.done || parser.isComplete([]) === false).toBe(true)
    }
  })

  it('reads a string of ten megabytes, with a value after each 20 characters', { timeout: 60_000 }, () => {
    const parser = createPartialJsonParser()
    parser.push('{"text": "')
    for (let length = 0; length < 10_000_000; length += 20) {
      parser.push('twenty characters, !')
      read(parser)
    }
    expect((parser.value as { text: string }).text).toHaveLength(10_000_000)
  })

  it('goes down a million levels', { timeout: 60_000 }, () => {
    const parser = createPartialJsonParser()
    for (let level = 0; level < 1_000_000; level += 10) {
      parser.push('[[[[[[[[[[')
      read(parser)
    }
    parser.push(']'.repeat(1_000_000))
    let depth = 0
    for (let { value } = parser; Array.isArray(value); value = value[0] as unknown) depth++
    expect(depth).toBe(1_000_000)
  })
})

/** What a consumer does at least. */
function read({ value }: PartialJsonParser): unknown {
  return value
}
