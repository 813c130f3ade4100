import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonPlaces } from './json-places.ts'
import { lineAndColumn } from './line-and-column.ts'

describe('findJsonPlaces', () => {
  const text = '{\n\t"server": {\n\t\t"port": 80, "tags": ["a", {"b": [] , "c": "x\\"]}" }]\n\t}, "": null\n}'

  it.each([
    [['server'], '2:2'],
    [['server', 'port'], '3:3'],
    [['server', 'tags'], '3:15'],
    [['server', 'tags', '0'], '3:24'],
    [['server', 'tags', '1'], '3:29'],
    [['server', 'tags', '1', 'c'], '3:40'],
    [[''], '4:5'],
  ])('says where %j is', (path, place) => {
    expect(lineAndColumn(text, findJsonPlaces(text).offsetOf(path) ?? -1)).toBe(place)
  })

  it.each([[[]], [['host']], [['server', 'tags', '2']], [['constructor']]])('has no place for %j', (path) => {
    expect(findJsonPlaces(text).offsetOf(path)).toBeUndefined()
  })

  it.each([
    ['{"a": 1, "b": {}, "a": 2}', ['a'], 18],
    ['{"x": [{}, {"a": [1], "a": 2}]}', ['x', '1', 'a'], 22],
    [String.raw`{"a": 1, "\u0061": 2}`, ['a'], 9],
  ])('finds the key that comes again in %s', (json, path, offset) => {
    expect(findJsonPlaces(json).duplicate).toEqual({ path, offset })
  })

  it('finds every member of every JSON value, and no duplicate where there is none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value, null, 1)
        const places = findJsonPlaces(json)
        expect(places.duplicate).toBeUndefined()
        for (const [path, key] of keysIn(value)) {
          const at = json.slice(places.offsetOf([...path, key]))
          const starts = Array.isArray(valueIn(value, path)) ? JSON.stringify(valueIn(value, [...path, key]))?.[0] : '"'
          expect(at[0]).toBe(starts)
        }
      }),
    )
  })

  it('does not recurse', () => {
    const depth = 50_000
    expect(findJsonPlaces('['.repeat(depth) + ']'.repeat(depth)).duplicate).toBeUndefined()
  })
})

function keysIn(value: unknown, path: readonly string[] = []): (readonly [readonly string[], string])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [[path, key] as const, ...keysIn(inner, [...path, key])])
}

function valueIn(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value)
}
