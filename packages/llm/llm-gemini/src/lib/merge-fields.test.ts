import { describe, expect, it } from 'vitest'
import { mergeFields } from './merge-fields.ts'

describe('mergeFields', () => {
  it('joins objects, and puts anything else in the place', () => {
    expect(mergeFields({ a: { b: 1, c: [1] }, d: 1 }, { a: { c: [2], e: 3 }, d: { f: 1 } })).toEqual({
      a: { b: 1, c: [2], e: 3 },
      d: { f: 1 },
    })
  })

  it('adds tools', () => {
    expect(mergeFields({ tools: [1] }, { tools: [2] })).toEqual({ tools: [1, 2] })
    expect(mergeFields({}, { tools: [2] })).toEqual({ tools: [2] })
    expect(mergeFields({ tools: [1] }, { tools: 'odd' })).toEqual({ tools: 'odd' })
  })

  it('takes names that are special to objects as names', () => {
    const own = JSON.parse('{ "__proto__": { "polluted": true }, "constructor": 1 }') as Record<string, unknown>
    const merged = mergeFields({ contents: [] }, own)
    expect(JSON.stringify(merged)).toBe('{"contents":[],"__proto__":{"polluted":true},"constructor":1}')
    expect('polluted' in {}).toBe(false)
  })

  it('does not go down as far as users write', () => {
    let deep: Record<string, unknown> = {}
    for (let level = 0; level < 10_000; level++) deep = { deep }
    expect(() => mergeFields({ deep }, { deep })).not.toThrow()
  })
})
