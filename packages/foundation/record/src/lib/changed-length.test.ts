import { describe, expect, it } from 'vitest'
import { changedLength } from './changed-length.ts'

describe('changedLength', () => {
  it.each([
    ['', '', 0],
    ['same', 'same', 0],
    ['', 'new', 3],
    ['a cat sat', 'a dog sat', 3],
    ['a cat sat', 'a cat', 4],
    ['aaa', 'aa', 1],
    ['abab', 'ab', 2],
  ])('of %j and %j', (before, after, length) => {
    expect(changedLength(before, after)).toBe(length)
    expect(changedLength(after, before)).toBe(length)
  })
})
