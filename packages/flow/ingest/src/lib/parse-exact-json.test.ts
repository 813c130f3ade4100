import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExactJson } from './parse-exact-json.ts'

describe('parseExactJson', () => {
  it('reads JSON, with numbers beyond those of JavaScript as texts', () => {
    const text =
      '{"id":12345678901234567890,"n":[1,1.0,-0.5,1e3,9007199254740991,9007199254740993,0.1234567890123456789,1e999],"s":"12345678901234567890","__proto__":1}'
    const value = parseExactJson(text) as Record<string, unknown>
    expect(value['id']).toBe('12345678901234567890')
    expect(value['n']).toEqual([
      1,
      1,
      -0.5,
      1000,
      9007199254740991,
      '9007199254740993',
      '0.1234567890123456789',
      '1e999',
    ])
    expect(value['s']).toBe('12345678901234567890')
    expect(Object.keys(value)).toContain('__proto__')
  })

  it.each([
    ['1e-400', '1e-400'],
    ['0.0', 0],
    ['-0', -0],
    ['123456789012345.99999', '123456789012345.99999'],
    ['0.30000000000000004', 0.30000000000000004],
    ['900719925474099.15', '900719925474099.15'],
    ['1e21', 1e21],
    ['12345678901234567e0', '12345678901234567e0'],
  ])('reads %s', (text, value) => {
    expect(parseExactJson(text)).toBe(value)
  })

  it('gives back what was written from JavaScript, and is JSON.parse for it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!/\d{16}/.test(text))
        expect(parseExactJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })
})
