import { assert, property, string, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldKey } from './field-path.ts'

describe('fieldKey', () => {
  it.each([
    ['title', 'title'],
    ['in_stock-2', 'in_stock-2'],
    ['a.b', '~a~2e;b'],
    ['_id', '~_id'],
    ['', '~'],
    ['~a~2e;b', '~~7e;a~7e;2e~3b;b'],
    ['größe', '~gr~f6;~df;e'],
    ['__proto__', '~__proto__'],
  ])('makes %s into %s', (name, key) => {
    expect(fieldKey(name)).toBe(key)
  })

  it('gives no two names the same key, and none that OpenSearch takes apart', () => {
    assert(
      property(tuple(string({ unit: 'grapheme' }), string()), ([left, right]) => {
        expect(fieldKey(left) === fieldKey(right)).toBe(left === right)
        expect(fieldKey(left)).toMatch(/^[a-z~][a-z0-9_;~-]*$/i)
      }),
    )
  })
})
