import { describe, expect, it } from 'vitest'
import { isSame } from './is-same.ts'

class Point {
  x = 1
}
const point = new Point()

describe('isSame', () => {
  it.each([
    [1, 1],
    [Number.NaN, Number.NaN],
    [
      { a: [1, { b: null }], c: undefined },
      { a: [1, { b: null }], c: undefined },
    ],
    [new Date(5), new Date(5)],
    [new URL('http://a'), new URL('http://a/')],
    [new Map([[1, 2]]), new Map([[1, 2]])],
    [new Uint8Array([1]), new Uint8Array([1])],
    [[point], [point]],
  ])('finds %o the same as %o', (value, before) => {
    expect(isSame(value, before)).toBe(true)
  })

  it.each([
    [1, 2],
    [1, '1'],
    [{ a: 1 }, {}],
    [{}, { a: 1 }],
    [{ toString: 1 }, { a: 1 }],
    [[1], { 0: 1 }],
    [[1], [1, 2]],
    [new Date(5), new Date(6)],
    [new URL('http://a'), new URL('http://b')],
    [new Map([[1, 2]]), new Map([[1, 3]])],
    [new Point(), new Point()],
    [new Headers({ a: '1' }), new Headers({ a: '2' })],
    [() => 1, () => 1],
  ])('does not find %o the same as %o', (value, before) => {
    expect(isSame(value, before)).toBe(false)
    expect(isSame(before, value)).toBe(false)
  })
})
