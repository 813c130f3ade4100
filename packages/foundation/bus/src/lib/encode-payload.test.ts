import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePayload } from './decode-payload.ts'
import { encodePayload } from './encode-payload.ts'

class Money {
  amount = 1
}

const circle: Record<string, unknown> = {}
circle['self'] = [circle]

/** Undefined for what is refused. */
function encode(value: unknown): string | undefined {
  try {
    return encodePayload(value)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

describe('encodePayload', () => {
  it('carries every JSON value without loss', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }), (value) => {
        // JSON knows no -0.
        const expected: unknown = JSON.parse(JSON.stringify(value))
        expect(decodePayload(encodePayload(value))).toEqual(expected)
      }),
    )
  })

  it('carries what it takes, or refuses it', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true, withDate: true }), (value) => {
        const text = encode(value)
        fc.pre(text !== undefined)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('leaves out properties that are undefined', () => {
    expect(encodePayload({ a: undefined, b: [{ c: undefined }] })).toBe('{"b":[{}]}')
  })

  it.each([
    [undefined, '"payload" must be JSON data, got undefined.'],
    [Number.NaN, '"payload" must be JSON data, got NaN.'],
    [{ a: [1, { b: -Infinity }] }, '"payload" must be JSON data, got -Infinity at ["a"][1]["b"].'],
    [{ 'redis://:hunter2@cache': 1n }, '"payload" must be JSON data, got a bigint at ["redis://:[redacted]@cache"].'],
    [[1n], '"payload" must be JSON data, got a bigint at [0].'],
    [{ key: Symbol('s') }, '"payload" must be JSON data, got a symbol at ["key"].'],
    [[undefined], '"payload" must be JSON data, got undefined at [0].'],
    [Array.from({ length: 2 }).with(0, 1), '"payload" must be JSON data, got undefined at [1].'],
    [new Date(0), '"payload" must be JSON data, got an instance of Date.'],
    [{ a: new Map() }, '"payload" must be JSON data, got an instance of Map at ["a"].'],
    [new Money(), '"payload" must be JSON data, got an instance of Money.'],
    [{ toJSON: () => 'secret' }, '"payload" must be JSON data, got an object with toJSON().'],
    [[Object.assign([], { toJSON: () => 1 })], '"payload" must be JSON data, got an object with toJSON() at [0].'],
    [
      { a: Object.defineProperty({}, 'toJSON', { value: () => 1 }) },
      '"payload" must be JSON data, got an object with toJSON() at ["a"].',
    ],
    [circle, '"payload" must be JSON data, got more than 1000 levels at ["self"][0]["self"]: is it a circle?'],
  ])('refuses what JSON cannot carry, and says where: case %#', (payload, message) => {
    expect(() => encodePayload(payload)).toThrow(new TypeError(message))
  })
})

describe('decodePayload', () => {
  it('freezes in depth, and takes keys for nothing but keys', () => {
    const payload = decodePayload('{"__proto__": {"x": [1]}, "constructor": {}}') as Record<string, object>
    expect(Object.keys(payload)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype)
    expect(Object.values(payload).every((value) => Object.isFrozen(value))).toBe(true)
  })

  it('does not recurse', () => {
    const depth = 100_000
    expect(Object.isFrozen(decodePayload(`${'['.repeat(depth)}${']'.repeat(depth)}`))).toBe(true)
  })
})
