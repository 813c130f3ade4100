import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainCopy } from './plain-copy.ts'

describe('plainCopy', () => {
  it('equals what JSON makes of plain data, and shares nothing with it', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ stringUnit: fc.constantFrom('a', '"', '\n', '\0', 'é', '😀', '\uD800', '_') }),
        (value) => {
          const before = JSON.stringify(value)
          const copy = plainCopy(value, 'metadata')
          expect(JSON.stringify(copy)).toBe(before)
          expect(copy).toEqual(JSON.parse(before))
          expect(typeof value === 'object' && value !== null && copy === value).toBe(false)
        },
      ),
    )
  })

  it('is frozen to the bottom', () => {
    const copy = plainCopy({ a: [{ b: {} }] }, 'metadata') as { a: [{ b: object }] }
    expect([copy, copy.a, copy.a[0], copy.a[0].b].every((part) => Object.isFrozen(part))).toBe(true)
  })

  it('keeps keys that look like prototypes as keys', () => {
    const value = JSON.parse('{ "__proto__": { "x": 1 }, "constructor": 2 }') as object
    const copy = plainCopy(value, 'metadata') as object
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"x":1},"constructor":2}')
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(Object.isFrozen(copy)).toBe(true)
  })

  it('reads a getter once, leaves out what is undefined, and knows no -0', () => {
    let reads = 0
    const value = {
      get a() {
        reads++
        return { b: -0 }
      },
      c: undefined,
    }
    expect(plainCopy(value, 'metadata')).toStrictEqual({ a: { b: 0 } })
    expect(reads).toBe(1)
  })

  it('takes what is in several places for what it is', () => {
    const shared = { a: 1 }
    expect(plainCopy([shared, shared, { shared }], 'metadata')).toEqual([shared, shared, { shared }])
  })

  it('goes as deep as the data', () => {
    let value: unknown = 'bottom'
    for (let depth = 0; depth < 100_000; depth++) value = depth % 2 === 0 ? [value] : { value }
    let copy = plainCopy(value, 'metadata')
    while (typeof copy === 'object' && copy !== null) copy = Object.values(copy)[0]
    expect(copy).toBe('bottom')
  })

  it('says of a deep place where it begins and ends', () => {
    let value: unknown = { end: Number.NaN }
    for (let depth = 0; depth < 10_000; depth++) value = { a: value }
    expect(() => plainCopy(value, 'metadata')).toThrow(
      new TypeError(
        `Expected "metadata${'.a'.repeat(8)}…${'.a'.repeat(7)}.end" to be plain JSON data, got a number (NaN).`,
      ),
    )
  })

  const cycle: { next: { back?: unknown } } = { next: {} }
  cycle.next.back = cycle

  it.each([
    [{ when: new Date(0) }, 'Expected "metadata.when" to be plain JSON data, got a date.'],
    [{ list: [1, () => 2] }, 'Expected "metadata.list[1]" to be plain JSON data, got a function.'],
    [[1, Number.NaN], 'Expected "metadata[1]" to be plain JSON data, got a number (NaN).'],
    [{ a: 3n }, 'Expected "metadata.a" to be plain JSON data, got a bigint (3).'],
    [{ a: new Map() }, 'Expected "metadata.a" to be plain JSON data, got an object.'],
    // oxlint-disable-next-line no-sparse-arrays -- the hole is the case
    [{ a: [1, , 2] }, 'Expected "metadata.a[1]" to be plain JSON data, got undefined.'],
    [cycle, 'Expected "metadata.next.back" to be plain JSON data, got a cycle.'],
    [Symbol('a'), 'Expected "metadata" to be plain JSON data, got a symbol.'],
    [Object.create({ a: 1 }), 'Expected "metadata" to be plain JSON data, got an object.'],
  ])('refuses %o', (value, message) => {
    expect(() => plainCopy(value, 'metadata')).toThrow(new TypeError(message))
  })
})
