import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Values that trip code which takes JSON for granted, some of them made of `near` ones. */
export function hostileValue(near: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    near.map((value) => ({
      get a() {
        return value
      },
      b: value,
    })),
    fc.constant({
      get a(): never {
        throw new RangeError('no a')
      },
    }),
    near.map((value) => (typeof value === 'object' && value !== null ? new Proxy(value, {}) : value)),
    fc.constant(
      new Proxy(
        {},
        {
          get() {
            throw new RangeError('no entry')
          },
        },
      ),
    ),
    near.map((value) => Object.defineProperty({ a: 1 }, '__proto__', { value, enumerable: true, configurable: true })),
    near.map((value) => Object.assign(JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}') as object, { b: value })),
    near.map((value) => Object.create({ a: value, b: value }) as unknown),
    near.map((value) => Object.assign(Object.create(null) as object, { a: value, 'a-b': value })),
    near.map((value) => Object.defineProperty({ b: value }, 'a', { value, enumerable: false })),
    near.map((value) => ({ a: value, [Symbol('s')]: value })),
    near.map((value) => Object.freeze({ a: value, kind: 'a', value })),
    near.map((value) => Object.assign([value], { length: 3 })),
    near.map((value) => Object.assign([value], { a: value, extra: 1 })),
    near.map((value) => ({ length: 1, 0: value })),
    near.map((value) => Object.assign(() => value, { a: value, kind: 'b', value })),
    fc.constantFrom<unknown>(cyclic(), [cyclic()], new Map([[{}, cyclic()]]), new Set([new Set()])),
    fc.constantFrom<unknown>(Object('a'), Object(1), Object(true), new Date(Number.NaN), /a/, Promise.resolve(1)),
    fc.constantFrom<unknown>('__proto__', 'constructor', '\uD800', '\0', Number.MAX_SAFE_INTEGER + 2, -0, 5e-324),
    fc.constantFrom<unknown>(
      new (class {
        a = 1
        kind = 'a'
      })(),
      new (class extends Array<number> {})(),
      new Uint8Array(2),
    ),
  )
}

function cyclic(): unknown {
  const node: { value: number; next?: unknown; a?: unknown } = { value: 1 }
  node.next = node
  node.a = [node]
  return node
}

describe('hostileValue', () => {
  it('makes values of many kinds', () => {
    const kinds = fc.sample(hostileValue(fc.constant(1)), { numRuns: 200, seed: 1 }).map((value) => typeof value)
    expect(new Set(kinds)).toEqual(new Set(['object', 'function', 'number', 'string']))
  })
})
