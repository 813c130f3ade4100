import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createConfig } from './create-config.ts'
import { isPlainObject } from './is-plain-object.ts'
import { formatPath, type Path, parsePath, valueAt } from './path.ts'
import type { SettingPath } from './path-types.ts'
import { valuesSource } from './values-source.ts'

const key = fc.constantFrom('a', 'b', 'c', 'constructor', 'x.y', '')
const { settings } = fc.letrec((tie) => ({
  settings: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(0, 1, null, 'text', [], [1]),
    tie('settings'),
  ),
}))
const layers = fc.array(settings as fc.Arbitrary<Record<string, unknown>>, { minLength: 1, maxLength: 4 })

/** What precedence means, one path at a time: the last source that has the path, or something in its way, decides. */
function expectedAt(values: readonly unknown[], path: Path): unknown {
  for (const layer of values.toReversed()) {
    for (let length = 1; length <= path.length; length++) {
      const value = valueAt(layer, path.slice(0, length))
      if (value === undefined) break
      if (length === path.length) return isPlainObject(value) ? undefined : value
      if (!isPlainObject(value)) return undefined
    }
  }
  return undefined
}

function leafPaths(value: unknown, path: Path = []): Path[] {
  if (!isPlainObject(value)) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leafPaths(inner, [...path, name]))
}

describe('createConfig', () => {
  it('takes each setting from the last source that has it', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (values) => {
        const sources = values.map((layer, index) => valuesSource(`source ${index}`, () => layer))
        const config = await createConfig({ schema: z.record(z.string(), z.any()), sources })
        const merged = config.get()
        const decided = values
          .flatMap((layer) => leafPaths(layer))
          .filter((path) => expectedAt(values, path) !== undefined)
        for (const path of [...leafPaths(merged), ...decided]) {
          expect(valueAt(merged, path)).toEqual(expectedAt(values, path))
        }
      }),
    )
  })
})

describe('subscribe', () => {
  it('hears a change exactly at the paths whose values differ', async () => {
    await fc.assert(
      fc.asyncProperty(layers, layers, async (before, after) => {
        let values = Object.assign({}, ...before) as object
        const config = await createConfig({
          schema: z.record(z.string(), z.any()),
          sources: [valuesSource('values', () => values)],
        })
        const old = config.get()
        const heard = new Map<string, unknown[]>()
        const paths = [...before, ...after].flatMap((layer) => leafPaths(layer)).map(formatPath)
        for (const path of paths) {
          config.subscribe(path as SettingPath<typeof old>, (change) => {
            heard.set(path, [change.before, change.after])
          })
        }
        values = Object.assign({}, ...after) as object
        await config.reload()
        const pairs = paths.map((path) => {
          return [path, [valueAt(old, parsePath(path)), valueAt(config.get(), parsePath(path))]] as const
        })
        expect(heard).toEqual(new Map(pairs.filter(([, [was, is]]) => !isDeepStrictEqual(was, is))))
      }),
    )
  })
})
