import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeFiles } from '../write-files.ts'
import { buildDocs } from './build-docs.ts'

let root: string

function sources(door: string): Record<string, string> {
  return {
    'package.json': JSON.stringify({ name: 'everything', private: true }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        module: 'nodenext',
        target: 'es2023',
        types: [],
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      include: ['packages'],
    }),
    'packages/foundation/greeting/package.json': JSON.stringify({
      name: '@empire/greeting',
      type: 'module',
      exports: { '.': './src/index.ts', './loud': './src/loud.ts' },
    }),
    'packages/foundation/greeting/src/index.ts': door,
    'packages/foundation/greeting/src/loud.ts':
      '/** Greets loudly. */\nexport const shout = (name: string): string => name',
    'packages/foundation/farewell/package.json': JSON.stringify({
      name: '@empire/farewell',
      type: 'module',
      exports: { '.': './src/index.ts' },
    }),
    'packages/foundation/farewell/src/index.ts': '/** Takes leave. */\nexport const leave = (): string => "bye"',
    'packages/tests/journeys/package.json': JSON.stringify({
      name: '@empire/journeys',
      private: true,
      exports: { '.': './src/index.ts' },
    }),
    'packages/tests/journeys/src/index.ts': 'export const undocumentedButPrivate = 1',
  }
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'docs-'))
})
beforeEach(() => rmSync(join(root, 'docs'), { recursive: true, force: true }))
afterAll(() => rmSync(root, { recursive: true }))

describe('buildDocs', { timeout: 30_000 }, () => {
  it('writes a page for each door of the published packages', async () => {
    writeFiles(root, sources('/** Greets. */\nexport const greet = (name: string): string => name'))
    expect(await buildDocs(root, 'docs')).toEqual([])
    const index = readFileSync(join(root, 'docs/index.html'), 'utf8')
    expect(index).toContain('@empire/greeting')
    expect(readFileSync(join(root, 'docs/modules/_empire_greeting_loud.html'), 'utf8')).toContain('shout')
    expect(index).not.toContain('journeys')
  })

  it('refuses every kind of export without a word about it, and writes nothing', async () => {
    const door = [
      'export function aFunction(): void {}',
      'export type AType = string',
      'export interface AnInterface { readonly text: string }',
      'export class AClass {}',
      'export const aConstant = 1',
    ]
    writeFiles(root, sources(door.join('\n')))
    const problems = await buildDocs(root, 'docs')
    expect(
      problems.map((problem) => /(\w+) \(.*does not have any documentation/.exec(problem)?.[1]).toSorted(),
    ).toEqual(['AClass', 'AType', 'AnInterface', 'aConstant', 'aFunction'])
    expect(existsSync(join(root, 'docs'))).toBe(false)
  })

  it('refuses a link that leads nowhere', async () => {
    writeFiles(root, sources('/** Like {@link nobody}. */\nexport const greeting = "Hello"'))
    expect(await buildDocs(root, 'docs')).toEqual([expect.stringContaining('Failed to resolve link to "nobody"')])
  })
})
