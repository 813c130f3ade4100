import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertySeedPlugin } from './property-seed-plugin.ts'

describe('propertySeedPlugin', () => {
  it('gives this file its seed', () => {
    expect(fc.readConfigureGlobal()).toEqual({ seed: Number(process.env['EMPIRE_TEST_SEED'] ?? 1) })
  })

  it('leaves the long forms to chance, and files without properties as they are', () => {
    const { transform } = propertySeedPlugin()
    const code = "import fc from 'fast-check'\n"
    expect(transform(code, '/a/b.test.ts')).toContain('EMPIRE_TEST_SEED ?? 1')
    expect(transform(code, '/a/b.test.ts')).toMatch(/;import fc from 'fast-check'\n$/)
    expect(transform(code, '/a/b.faults.test.ts')).toBeUndefined()
    expect(transform(code, '/a/b.ts')).toBeUndefined()
    expect(transform('export {}', '/a/b.test.ts')).toBeUndefined()
  })
})
