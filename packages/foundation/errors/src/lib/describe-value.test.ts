import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeValue } from './describe-value.ts'

describe('describeValue', () => {
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [3, 'a number (3)'],
    [-0, 'a number (-0)'],
    [Number.NaN, 'a number (NaN)'],
    [3n, 'a bigint (3)'],
    [true, 'a boolean (true)'],
    ['a "b"\n', String.raw`a string ("a \"b\"\n")`],
    ['x'.repeat(50), `a string ("${'x'.repeat(40)}" and 10 characters more)`],
    [Symbol('s'), 'a symbol'],
    [describeValue, 'a function'],
    [[], 'an empty array'],
    [[1], 'an array'],
    [{}, 'an object'],
    [Object.create(null), 'an object'],
    [new Error('e'), 'an error'],
    [new Date(0), 'a date'],
    [Promise.resolve(), 'a promise (is an "await" missing?)'],
  ])('says what %s is', (value, words) => {
    expect(describeValue(value)).toBe(words)
  })

  it('hides what looks like a secret, also where it is cut', () => {
    const key = `sk-ant-api03-${'aB3'.repeat(31)}`
    expect(describeValue(key)).toBe('a string ("[redacted]")')
    expect(describeValue(`${'x'.repeat(30)} ${key}`)).not.toContain('sk-ant')
  })

  it('does not cut a character in two', () => {
    expect(describeValue(`${'x'.repeat(39)}😀😀`)).toBe(`a string ("${'x'.repeat(39)}" and 4 characters more)`)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        expect(describeValue(value)).not.toBe('')
      }),
    )
  })
})
