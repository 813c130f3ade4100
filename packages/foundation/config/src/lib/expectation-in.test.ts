import { describe, expect, it } from 'vitest'
import { expectationIn } from './expectation-in.ts'

describe('expectationIn', () => {
  it.each([
    ['Invalid input: expected number, received string', 'number'],
    ['Too small: expected string to have >=10 characters', 'string to have >=10 characters'],
    ['Invalid option: expected one of "a"|"b"', 'one of "a"|"b"'],
    ['Invalid type: Expected number but received "abc"', 'number'],
    ['Expected string', 'string'],
    ['port must be a number (was a string)', 'a number'],
    ['Invalid URL', 'another value (Invalid URL)'],
    ['min must be below max', 'another value (min must be below max)'],
    ['We expected more', 'another value (We expected more)'],
    ['', 'another value ()'],
  ])('takes %j for %s', (message, expectation) => {
    expect(expectationIn(message)).toBe(expectation)
  })
})
