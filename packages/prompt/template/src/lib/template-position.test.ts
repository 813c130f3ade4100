import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptAt, positionAt } from './template-position.ts'

describe('positionAt', () => {
  it.each([
    ['', 0, 1, 1],
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['\n\n', 2, 3, 1],
    ['a\r\nb', 3, 2, 1],
    ['abc', 99, 1, 4],
    ['abc', -1, 1, 1],
  ])('of %j at %i is line %i, column %i', (source, offset, line, column) => {
    expect(positionAt(source, offset)).toEqual({ line, column })
  })

  it('agrees with splitting the text before the offset', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '😀') }), fc.nat(30), (source, offset) => {
        const lines = source.slice(0, offset).split('\n')
        expect(positionAt(source, offset)).toEqual({ line: lines.length, column: (lines.at(-1) ?? '').length + 1 })
      }),
    )
  })
})

describe('excerptAt', () => {
  it('cuts a long line around the caret', () => {
    const source = `${'a'.repeat(100)}X${'b'.repeat(100)}`
    expect(excerptAt(source, 100)).toBe(`  …${'a'.repeat(60)}X${'b'.repeat(59)}…\n  ${' '.repeat(61)}^`)
  })

  it('shows a control character by a mark of the same width', () => {
    expect(excerptAt('a\0\u001B[31mX', 7)).toBe('  a\uFFFD\uFFFD[31mX\n         ^')
  })

  it('puts the caret behind the end of the text', () => {
    expect(excerptAt('ab\n', 3)).toBe('  \n  ^')
    expect(excerptAt('ab', 2)).toBe('  ab\n    ^')
  })
})
