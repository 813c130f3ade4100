import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { findJsonDifference } from './find-json-difference.ts'

describe('findJsonDifference', () => {
  it.each([
    [1, 2, ''],
    [1, '1', ''],
    [null, {}, ''],
    [[], {}, ''],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, '/a/1/b'],
    [{ a: 1, b: 2 }, { a: 2, b: 3 }, '/a'],
    [{ a: 1 }, { a: 1, b: 2 }, '/b'],
    [[1, 2], [1], '/1'],
    [{ 'a/b~c': 1 }, { 'a/b~c': 2 }, '/a~1b~0c'],
    [JSON.parse('{"__proto__":{"a":1}}'), {}, '/__proto__'],
    [{ toString: 1 }, {}, '/toString'],
  ])('finds where %j and %j differ', (before, after, path) => {
    expect(findJsonDifference(before, after)?.path).toBe(path)
  })

  it('finds nothing exactly when the canonical JSON is the same', () => {
    const json = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(findJsonDifference(a, structuredClone(a))).toBeUndefined()
        expect(findJsonDifference(a, b) === undefined).toBe(canonicalJson(a) === canonicalJson(b))
      }),
    )
  })

  it('takes any depth', () => {
    let before: unknown = 1
    let after: unknown = 2
    for (let level = 0; level < 100_000; level++) {
      before = [before]
      after = [after]
    }
    expect(findJsonDifference(before, after)?.path).toHaveLength(200_000)
  })
})
