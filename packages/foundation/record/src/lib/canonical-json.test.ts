import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

function fromBits(bits: string): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  return view.getFloat64(0)
}

describe('canonicalJson, by RFC 8785', () => {
  // Appendix B.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number with the bits %s as %s', (bits, text) => {
    expect(canonicalJson(fromBits(bits))).toBe(text)
  })

  it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('refuses the number %s', (bits) => {
    expect(() => canonicalJson(fromBits(bits))).toThrow(TypeError)
  })

  // Section 3.2.2.
  it('writes literals, numbers and strings', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  // Section 3.2.3.
  it('sorts names by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toEqual([
      // An engine puts names that are indexes first when it parses.
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
    expect(canonicalJson(value)).toMatch(/^\{"\\r":"Carriage Return","1":"One",/)
  })
})

describe('canonicalJson', () => {
  it('agrees with JSON.stringify but for the order of names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/.test(JSON.stringify(value)))
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(text).toHaveLength(JSON.stringify(value).length)
      }),
    )
  })

  it('does not depend on the order in which names were added', () => {
    const object = fc.dictionary(fc.string(), fc.integer())
    fc.assert(
      fc.property(object, (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      }),
    )
  })

  it('leaves out members that are undefined, and writes null for elements that are', () => {
    expect(canonicalJson({ a: undefined, b: [undefined, 1], c: undefined })).toBe('{"b":[null,1]}')
    // oxlint-disable-next-line no-sparse-arrays -- holes are what is tested
    expect(canonicalJson([, 1])).toBe('[null,1]')
  })

  it('calls toJSON with the name', () => {
    const named = { toJSON: (name: string) => name }
    expect(canonicalJson({ at: new Date(0), b: [named], c: named, d: { toJSON: () => undefined } })).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","b":["0"],"c":"c"}',
    )
    expect(canonicalJson(named)).toBe('""')
  })

  it('treats __proto__ and constructor as names like any other', () => {
    const text = '{"__proto__":{"a":1},"constructor":{"prototype":2}}'
    expect(canonicalJson(JSON.parse(text))).toBe(text)
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}')
  })

  it('writes what is shared as often as it stands there', () => {
    const shared = { a: [1] }
    expect(canonicalJson([shared, shared, [shared]])).toBe('[{"a":[1]},{"a":[1]},[{"a":[1]}]]')
  })

  it('takes any depth', () => {
    let deep: unknown = 1
    for (let level = 0; level < 200_000; level++) deep = level % 2 === 0 ? [deep] : { a: deep }
    expect(canonicalJson(deep)).toHaveLength(100_000 * 2 + 100_000 * 6 + 1)
  })

  const circle: { a: unknown[] } = { a: [] }
  circle.a.push(circle)
  class Money {
    amount = 3
  }

  it.each([
    [undefined, 'undefined'],
    [Number.NaN, 'a number (NaN)'],
    [{ a: { b: [0, Number.POSITIVE_INFINITY] } }, 'a number (Infinity) at /a/b/1'],
    [{ a: 3n }, 'a bigint (3) at /a'],
    [{ 'a/b': Symbol('s') }, 'a symbol at /a~1b'],
    [[() => 1], 'a function at /0'],
    [{ a: '\ud800' }, 'a string with a lone surrogate at /a'],
    [{ '\udc00': 1 }, 'a name with a lone surrogate at /\ufffd'],
    [{ a: new Map([[1, 2]]) }, 'an object of a class without toJSON() at /a'],
    [new Uint8Array(2), 'an object of a class without toJSON()'],
    [[new Error('no')], 'an error of a class without toJSON() at /0'],
    [{ price: new Money() }, 'an object of a class without toJSON() at /price'],
    [[Promise.resolve()], 'a promise (is an "await" missing?) of a class without toJSON() at /0'],
    // oxlint-disable-next-line no-new-wrappers -- a wrapper is what is tested
    [[new String('a')], 'an object of a class without toJSON() at /0'],
  ])('refuses %o', (value, what) => {
    expect(() => canonicalJson(value)).toThrow(new TypeError(`"value" must be JSON data, got ${what}.`))
  })

  it('refuses circles, however long', () => {
    const owner: object = { toJSON: () => ({ owner }) }
    expect(() => canonicalJson(owner)).toThrow('got a circle at /owner')
    expect(() => canonicalJson(circle)).toThrow('got a circle at /a/0')
    for (let length = 1; length < 40; length++) {
      const first: { next?: unknown } = {}
      let last = first
      for (let index = 1; index < length; index++) last = last.next = {} as { next?: unknown }
      last.next = first
      expect(() => canonicalJson([1, { first }])).toThrow('got a circle at /1/first/next')
    }
  })
})
