import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFiles } from '../write-files.ts'
import { checkApi, readSnapshot, writeSnapshot } from './check-api.ts'
import { readExports } from './read-api.ts'
import { parseBumps } from './read-changesets.ts'

let root: string

const manifest = {
  name: '@empire/greeting',
  exports: { '.': './src/index.ts', './loud': './src/loud.ts', './package.json': './package.json' },
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'api-'))
  writeFiles(root, {
    'packages/foundation/greeting/package.json': JSON.stringify(manifest),
    'packages/foundation/greeting/src/index.ts': `export { greet, type Greeting } from './lib/greet.ts'`,
    'packages/foundation/greeting/src/loud.ts': `export { shout } from './lib/shout.ts'`,
    'packages/tests/journeys/package.json': JSON.stringify({ name: '@empire/journeys', private: true }),
    'tooling/api-snapshot/api.json': '{}',
  })
})

afterEach(() => rmSync(root, { recursive: true }))

function changeDoor(text: string): void {
  writeFiles(root, { 'packages/foundation/greeting/src/index.ts': text })
}

function announce(text: string): void {
  writeFiles(root, { '.changeset/brave-cats-sing.md': text })
}

describe('writeSnapshot', () => {
  it('keeps package, door, name and kind of the published packages', () => {
    writeSnapshot(root)
    expect(readSnapshot(root)).toEqual({
      '@empire/greeting': {
        '@empire/greeting': { greet: 'value', Greeting: 'type' },
        '@empire/greeting/loud': { shout: 'value' },
      },
    })
  })
})

describe('checkApi', () => {
  it('accepts anything before the first version', () => {
    expect(checkApi(root)).toEqual([])
  })

  it('accepts what is the same, and what is new', () => {
    writeSnapshot(root)
    expect(checkApi(root)).toEqual([])
    changeDoor(`export { greet, part, type Greeting } from './lib/greet.ts'`)
    expect(checkApi(root)).toEqual([])
  })

  it('refuses the removal of a name', () => {
    writeSnapshot(root)
    changeDoor(`export { greet } from './lib/greet.ts'`)
    expect(checkApi(root)).toEqual([
      'Since the last version @empire/greeting no longer exports Greeting: put it back, or announce it by a major changeset of @empire/greeting (pnpm changeset).',
    ])
  })

  it('refuses a value that became a type, and accepts a type that became a value', () => {
    writeSnapshot(root)
    changeDoor(`export { type greet, Greeting } from './lib/greet.ts'`)
    expect(checkApi(root)).toEqual([
      'Since the last version @empire/greeting exports greet as a type only: put it back, or announce it by a major changeset of @empire/greeting (pnpm changeset).',
    ])
  })

  it('refuses the removal of a door', () => {
    writeSnapshot(root)
    writeFiles(root, {
      'packages/foundation/greeting/package.json': JSON.stringify({ ...manifest, exports: { '.': './src/index.ts' } }),
    })
    expect(checkApi(root)).toEqual([
      'Since the last version the door @empire/greeting/loud is gone: put it back, or announce it by a major changeset of @empire/greeting (pnpm changeset).',
    ])
  })

  it.each([
    ['the folder is gone', () => rmSync(join(root, 'packages/foundation/greeting'), { recursive: true })],
    [
      'it became private',
      () =>
        writeFiles(root, {
          'packages/foundation/greeting/package.json': JSON.stringify({ ...manifest, private: true }),
        }),
    ],
  ])('refuses the removal of a package: %s', (_, remove) => {
    writeSnapshot(root)
    remove()
    expect(checkApi(root)).toEqual([
      'Since the last version the package @empire/greeting is gone: put it back, or announce it by a major changeset of @empire/greeting (pnpm changeset).',
    ])
  })

  it('accepts a removal that a major changeset of that package announces', () => {
    writeSnapshot(root)
    changeDoor('')
    announce(`---\n'@empire/greeting': major\n---\n\nGreetings are gone.\n`)
    expect(checkApi(root)).toEqual([])
  })

  it.each([
    ['is minor', `---\n'@empire/greeting': minor\n---\n`],
    ['is of another package', `---\n'@empire/farewell': major\n---\n`],
    ['only speaks of it', `---\n---\n\n'@empire/greeting': major\n`],
  ])('refuses a removal when the changeset %s', (_, changeset) => {
    writeSnapshot(root)
    changeDoor(`export { type Greeting } from './lib/greet.ts'`)
    announce(changeset)
    expect(checkApi(root)).toHaveLength(1)
  })
})

describe('readExports', () => {
  it('reads every way to export a name', () => {
    const door = `
      export { a, b as c, type D } from './lib/a.ts'
      export type { E } from './lib/e.ts'
      export const f = 1, g = 2
      export function h(): void {}
      export class I {}
      export interface J {}
      export type K = string
      const hidden = 1`
    expect(readExports(door, 'index.ts')).toEqual({
      a: 'value',
      c: 'value',
      D: 'type',
      E: 'type',
      f: 'value',
      g: 'value',
      h: 'value',
      I: 'value',
      J: 'type',
      K: 'type',
    })
  })

  it('refuses a star', () => {
    expect(() => readExports(`export * from './lib/a.ts'`, 'index.ts')).toThrow(
      new Error(`index.ts exports with a star: export * from './lib/a.ts'. Name each export.`),
    )
  })
})

describe('parseBumps', () => {
  it('reads quoted and bare names, and Windows line ends', () => {
    expect(
      parseBumps(`---\r\n"@empire/a": major\r\n'@empire/b': "minor"\r\nc: patch\r\n---\r\n\r\nd: major\r\n`),
    ).toEqual(
      new Map([
        ['@empire/a', 'major'],
        ['@empire/b', 'minor'],
        ['c', 'patch'],
      ]),
    )
  })
})
