import { array, assert, jsonValue, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectJson } from './expect-json.ts'

const circle: { self?: unknown } = {}
circle.self = circle

describe('expectJson', () => {
  it('lets through what comes back from JSON as it is', () => {
    const shared = { a: 1 }
    for (const value of [undefined, null, '', '\ud800', 0, false, [], {}, { gone: undefined }, [shared, shared]]) {
      expect(() => expectJson(value, 'It')).not.toThrow()
    }
    assert(property(array(jsonValue()), (value) => expectJson(value, 'It')))
  })

  it.each([
    [Number.NaN, 'a number (NaN)'],
    [10n, 'a bigint (10)'],
    [() => 1, 'a function'],
    [Symbol('x'), 'a symbol'],
    [new Date(0), 'a date'],
    [new Map(), 'an object of a class'],
    [{ toJSON: () => 1 }, 'an object of a class'],
  ])('refuses %s', (value, found) => {
    expect(() => expectJson(value, 'The output')).toThrow(
      `The output must be JSON for the journal, got ${found}. Give plain data.`,
    )
  })

  it.each([
    [{ a: [1, { b: () => 1 }] }, 'got a function at "a".1."b"'],
    [[1, undefined], 'got undefined at 1'],
    // oxlint-disable-next-line no-sparse-arrays -- the hole is what the test is about
    [[, 1], 'got undefined at 0'],
    [circle, 'got a circle at "self"'],
  ])('says where: %o', (value, message) => {
    expect(() => expectJson(value, 'It')).toThrow(message)
  })

  it('looks into what is nested deeper than any stack', () => {
    let deep: unknown = new Date(0)
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(() => expectJson(deep, 'It')).toThrow('got a date at 0.0.0')
  })
})
