import { describe, expect, it } from 'vitest'
import { readJsonPointer } from './json-pointer.ts'

describe('readJsonPointer', () => {
  const value = { meta: { 'a/b': 1, 'm~n': 2, '': 3 }, list: ['x', 'y'] }

  it.each([
    ['', value],
    ['/meta/a~1b', 1],
    ['/meta/m~0n', 2],
    ['/meta/', 3],
    ['/list/1', 'y'],
    ['/list/01', undefined],
    ['/list/length', undefined],
    ['/meta/constructor', undefined],
    ['/list/0/more', undefined],
  ])('finds what is at "%s"', (pointer, found) => {
    expect(readJsonPointer('records', pointer)(value)).toEqual(found)
  })

  it('refuses what is no pointer', () => {
    expect(() => readJsonPointer('records', 'meta.next')).toThrow(
      new TypeError('Expected "records" to be a JSON Pointer such as "/meta/next", got a string ("meta.next").'),
    )
  })
})
