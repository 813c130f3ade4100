import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireCommand } from '../run-command.ts'
import { writeFiles } from '../write-files.ts'
import { checkWithAttw, checkWithPublint } from './check-tarball.ts'

let folder: string

const manifest = {
  name: '@empire/greeting',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  files: ['dist'],
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
}
const files = {
  'README.md': '# @empire/greeting\n',
  'dist/index.js': 'export const greet = (name) => `Hello, ${name}`\n',
  'dist/index.d.ts': 'export declare const greet: (name: string) => string;\n',
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tarball-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function pack(changes: object, contents: Readonly<Record<string, string>> = files): Promise<string> {
  writeFiles(join(folder, 'package'), { ...contents, 'package.json': JSON.stringify({ ...manifest, ...changes }) })
  await requireCommand('tar', ['-czf', 'greeting.tgz', 'package'], { cwd: folder })
  return join(folder, 'greeting.tgz')
}

describe('checkWithPublint', () => {
  it('is content with a package as ours are', async () => {
    expect(await checkWithPublint(await pack({}))).toEqual([])
  })

  it('refuses a door without its file', async () => {
    expect(await checkWithPublint(await pack({ exports: { '.': './dist/missing.js' } }))).toEqual([
      expect.stringContaining('./dist/missing.js'),
    ])
  })

  it('takes a warning for an error: the types come after the code', async () => {
    const exports = { '.': { default: './dist/index.js', types: './dist/index.d.ts' } }
    expect(await checkWithPublint(await pack({ exports }))).not.toEqual([])
  })
})

describe('checkWithAttw', () => {
  it('is content with a package as ours are', async () => {
    expect(await checkWithAttw(await pack({}))).toEqual([])
  })

  it('refuses a package without types', async () => {
    const { 'README.md': readme, 'dist/index.js': code } = files
    expect(
      await checkWithAttw(await pack({ exports: './dist/index.js' }, { 'README.md': readme, 'dist/index.js': code })),
    ).toEqual(['The package has no types.'])
  })

  it('refuses a door whose types are elsewhere', async () => {
    const exports = { '.': manifest.exports['.'], './loud': './dist/loud.js' }
    const problems = await checkWithAttw(
      await pack({ exports }, { ...files, 'dist/loud.js': 'export const shout = 1\n' }),
    )
    expect(problems).toEqual([
      expect.stringMatching(/at ".\/loud" \(node16-esm\)/),
      expect.stringMatching(/at ".\/loud" \(bundler\)/),
    ])
  })

  it('refuses types that import what is not there', async () => {
    const contents = { ...files, 'dist/index.d.ts': `export { greet } from './greet.js';\n` }
    expect(await checkWithAttw(await pack({}, contents))).toEqual([
      expect.stringMatching(/^Internal resolution error \(node16-esm\)/),
      expect.stringMatching(/^Internal resolution error \(bundler\)/),
    ])
  })
})
