import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPath, parsePath, valueAt } from './path.ts'

describe('parsePath', () => {
  it.each([
    ['', []],
    ['database', ['database']],
    ['database.pool.size', ['database', 'pool', 'size']],
    ['servers[0].host', ['servers', '0', 'host']],
    ['models["gpt-4.1"].price', ['models', 'gpt-4.1', 'price']],
    [String.raw`["a\"b"]`, ['a"b']],
    ['a.0', ['a', '0']],
    ['pool size', ['pool size']],
    ['[""]', ['']],
  ])('reads %s', (text, path) => {
    expect(parsePath(text)).toEqual(path)
  })

  it.each(['.a', 'a.', 'a..b', 'a[', 'a[x]', 'a]', '["a"]b', '["a', String.raw`["\x"]`, '[01x]'])(
    'refuses %s',
    (text) => {
      expect(() => parsePath(text)).toThrow(
        `path must be written like 'database.pool.size' or 'models["gpt-4.1"].price', got ${JSON.stringify(text)}.`,
      )
    },
  )
})

describe('formatPath', () => {
  it.each([
    [[], ''],
    [['servers', '0', 'host'], 'servers[0].host'],
    [['models', 'gpt-4.1'], 'models["gpt-4.1"]'],
    [['a', '', 'line\nbreak'], String.raw`a[""]["line\nbreak"]`],
  ])('writes %j', (path, text) => {
    expect(formatPath(path)).toBe(text)
  })

  it('is what parsePath reads', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path)
      }),
    )
  })
})

describe('valueAt', () => {
  it.each([
    ['a.b', 1],
    ['list[1].c', 2],
    ['', { a: { b: 1 }, list: [0, { c: 2 }] }],
    ['a.b.c', undefined],
    ['list.length', undefined],
    ['a.constructor', undefined],
    ['a.__proto__', undefined],
    ['list.01', undefined],
  ])('follows own members and elements: %s', (path, value) => {
    expect(valueAt({ a: { b: 1 }, list: [0, { c: 2 }] }, parsePath(path))).toEqual(value)
  })
})
