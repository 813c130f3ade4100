import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createTemplateLookup } from './template-lookup.ts'

const root = mkdtempSync(join(tmpdir(), 'empire-lookup-'))
afterAll(() => rmSync(root, { recursive: true }))
writeFileSync(join(root, 'both'), 'of the root')
writeFileSync(join(root, 'file'), 'of the root')

describe('createTemplateLookup', () => {
  it('looks into the map, then below the root', () => {
    const read = createTemplateLookup({ templates: { both: 'of the map', empty: '' }, root })
    expect([read('both'), read('file'), read('empty')]).toEqual(['of the map', 'of the root', ''])
    expect(() => read('none')).toThrow('No template "none" below the root. Check the path.')
  })

  it('has nothing but the map without a root', () => {
    const read = createTemplateLookup({ templates: { a: 'A' } })
    expect(read('a')).toBe('A')
    for (const path of ['none', 'toString', '__proto__', '/etc/passwd']) {
      expect(() => read(path)).toThrow(expect.objectContaining({ code: 'template_not_found', details: { path } }))
    }
  })
})
