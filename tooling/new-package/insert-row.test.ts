import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Matrix, matrix } from '../layers.ts'
import { insertRow } from './insert-row.ts'

const source = readFileSync(join(import.meta.dirname, '../layers.ts'), 'utf8')

async function evaluate(text: string): Promise<Matrix> {
  const code = encodeURIComponent(stripTypeScriptTypes(text))
  const layers: { matrix: Matrix } = await import(/* @vite-ignore */ `data:text/javascript,${code}`)
  return layers.matrix
}

describe('insertRow', () => {
  it.each(Object.keys(matrix))('adds a row at the end of %s and changes no other', async (floor) => {
    const name = 'a-new-package'
    const changed = await evaluate(insertRow(source, floor, name))
    expect(changed).toEqual({ ...matrix, [floor]: { ...matrix[floor], [name]: { runtime: [] } } })
    expect(Object.keys(changed)).toEqual(Object.keys(matrix))
    expect(Object.keys(changed[floor] ?? {}).at(-1)).toBe(name)
  })

  it('adds a second row', async () => {
    const changed = await evaluate(insertRow(insertRow(source, 'schema', 'model'), 'schema', 'json-repair'))
    expect(changed['schema']).toEqual({ ...matrix['schema'], model: { runtime: [] }, 'json-repair': { runtime: [] } })
  })

  it('refuses a floor that is not there', () => {
    expect(() => insertRow(source, 'cellar', 'cache')).toThrow(
      new Error('tooling/layers.ts has no floor cellar where it was looked for.'),
    )
  })
})
