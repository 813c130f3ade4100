import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { TemplateError } from './template-error.ts'
import { createTemplateFiles } from './template-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'empire-template-'))
afterAll(() => rmSync(folder, { recursive: true }))

const root = join(folder, 'prompts')
mkdirSync(join(root, 'nested'), { recursive: true })
mkdirSync(join(folder, 'prompts-secret'))
writeFileSync(join(root, 'a.liquid'), 'Hello')
writeFileSync(join(root, 'nested', 'b.liquid'), 'Nested')
writeFileSync(join(root, '..b.liquid'), 'Dots')
writeFileSync(join(root, 'bom.liquid'), '\uFEFFText\r\n')
writeFileSync(join(folder, 'secret.txt'), 'secret')
writeFileSync(join(folder, 'prompts-secret', 'secret.txt'), 'secret')
symlinkSync(join(root, 'a.liquid'), join(root, 'inner-link'))
symlinkSync(join(folder, 'secret.txt'), join(root, 'outer-link'))
symlinkSync(folder, join(root, 'outer-folder'))
symlinkSync(join(root, 'loop'), join(root, 'loop'))
symlinkSync(join(folder, 'gone'), join(root, 'dangling'))
execFileSync('mkfifo', [join(root, 'pipe')])

writeFileSync(join(root, 'huge'), '')
truncateSync(join(root, 'huge'), 8e9)

const files = createTemplateFiles({ root })

describe('createTemplateFiles', () => {
  it.each([
    ['a.liquid', 'Hello'],
    ['./nested/../nested/b.liquid', 'Nested'],
    ['inner-link', 'Hello'],
    ['..b.liquid', 'Dots'],
    ['bom.liquid', 'Text\r\n'],
    [join(root, 'a.liquid'), 'Hello'],
  ])('reads %s', (path, text) => {
    expect(files.read(path)).toBe(text)
  })

  it.each([
    ['../secret.txt'],
    ['../prompts-secret/secret.txt'],
    ['nested/../../secret.txt'],
    ['/etc/passwd'],
    ['..'],
    ['../no-such-file'],
    ['outer-link'],
    ['outer-folder/secret.txt'],
  ])('refuses %s, outside the root', (path) => {
    expect(() => files.read(path)).toThrow(
      expect.objectContaining({
        code: 'template_outside_root',
        message: `The template ${JSON.stringify(path)} lies outside the root. Move it below the root; a symlink does not do.`,
      }),
    )
  })

  it('reads no file that exceeds parseLimit', () => {
    const small = createTemplateFiles({ root, parseLimit: 6 })
    expect(small.read('nested/b.liquid')).toBe('Nested')
    expect(small.read('bom.liquid')).toBe('Text\r\n')
    expect(() => createTemplateFiles({ root, parseLimit: 5 }).read('nested/b.liquid')).toThrow(TemplateError)
    // It would fill all memory.
    expect(() => small.read('huge')).toThrow(
      expect.objectContaining({
        code: 'template_limit_exceeded',
        message: 'The template "huge" exceeds "parseLimit". Make it smaller, or raise the limit if you trust it.',
        details: { limit: 'parseLimit', path: 'huge' },
      }),
    )
  })

  it.each([0, Number.NaN, '5'])('refuses %j as parseLimit', (parseLimit) => {
    expect(() => createTemplateFiles({ root, parseLimit: parseLimit as number })).toThrow(
      /^Expected "parseLimit" to be a positive number, got /,
    )
  })

  it.each([
    ['none.liquid'],
    [''],
    ['.'],
    ['nested'],
    ['a.liquid/b'],
    ['loop'],
    ['dangling'],
    ['a\0b'],
    ['x'.repeat(5000)],
    ['pipe'],
  ])('does not find %j', (path) => {
    expect(() => files.read(path)).toThrow(
      expect.objectContaining({
        code: 'template_not_found',
        message: `No template ${JSON.stringify(path)} below the root. Check the path.`,
        details: { path },
      }),
    )
  })

  it('sees a file that is written later, even the root', () => {
    const later = createTemplateFiles({ root: join(folder, 'later') })
    expect(() => later.read('a')).toThrow(expect.objectContaining({ code: 'template_not_found' }))
    mkdirSync(join(folder, 'later'))
    writeFileSync(join(folder, 'later', 'a'), '1')
    expect(later.read('a')).toBe('1')
    writeFileSync(join(folder, 'later', 'a'), '2')
    expect(later.read('a')).toBe('2')
  })

  it('takes a root that is itself a symlink', () => {
    symlinkSync(root, join(folder, 'root-link'))
    expect(createTemplateFiles({ root: join(folder, 'root-link') }).read('a.liquid')).toBe('Hello')
  })

  it('refuses a root that is no path', () => {
    expect(() => createTemplateFiles({ root: '' })).toThrow(
      'Expected "root" to be the path of a folder, got a string ("").',
    )
  })
})
