import { describe, expect, it } from 'vitest'
import { jsonText } from './json-text.ts'

describe('jsonText', () => {
  it('is the text of JSON.stringify, in the order of the keys', () => {
    expect(jsonText({ b: [1, null], a: 'é' })).toBe('{"b":[1,null],"a":"é"}')
  })

  it('writes what is nested deeper than the stack, with sorted keys', () => {
    let deep: unknown = { b: 1, a: 2 }
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(jsonText(deep)).toBe(`${'['.repeat(100_000)}{"a":2,"b":1}${']'.repeat(100_000)}`)
  })

  it('passes on what is not the depth', () => {
    expect(() => jsonText({ n: 1n })).toThrow('Do not know how to serialize a BigInt')
  })
})
