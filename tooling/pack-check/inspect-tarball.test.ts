import { describe, expect, it } from 'vitest'
import { inspectTarball } from './inspect-tarball.ts'

const manifest = {
  name: '@empire/greeting',
  version: '1.0.0',
  files: ['dist', 'src', '!src/**/*.test.ts'],
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  } as never,
  bin: { greet: './dist/main.js' },
  dependencies: { '@empire/errors': '^1.0.0' },
}
const contents = {
  'package.json': '{}',
  'README.md': '# @empire/greeting',
  LICENSE: 'MIT',
  'dist/index.js': 'export {}',
  'dist/index.js.map': '{}',
  'dist/index.d.ts': 'export {}',
  'dist/index.d.ts.map': '{}',
  'dist/main.js': '#!/usr/bin/env node',
  'src/index.ts': 'export {}',
  'src/main.ts': '#!/usr/bin/env node',
}
const root = '/builds/empire'

function inspect(
  changes: object,
  added: Readonly<Record<string, string>> = {},
  removed: readonly string[] = [],
): string[] {
  const files = new Map(Object.entries({ ...contents, ...added }))
  for (const path of removed) files.delete(path)
  return inspectTarball({ manifest: { ...manifest, ...changes }, files }, root)
}

describe('inspectTarball', () => {
  it('is content with a package as ours are', () => {
    expect(inspect({})).toEqual([])
  })

  it.each([
    'src/lib/greet.test.ts',
    'src/lib/greet.test-d.ts',
    'src/greet.bench.ts',
    'src/__tests__/greet.ts',
    'src/fixtures/a.txt',
  ])('refuses the test file %s', (path) => {
    expect(inspect({}, { [path]: '' })).toEqual([`${path} is a test file`])
  })

  it('refuses what `files` does not list', () => {
    expect(inspect({}, { 'notes.txt': '', 'distant/a.js': '' })).toEqual([
      'notes.txt is not within `files`',
      'distant/a.js is not within `files`',
    ])
  })

  it('refuses output whose source is gone', () => {
    expect(inspect({}, { 'dist/lib/old.js': '', 'dist/lib/old.d.ts': '' })).toEqual([
      'dist/lib/old.js has no source: it is stale',
      'dist/lib/old.d.ts has no source: it is stale',
    ])
  })

  it('misses README, license, doors and commands', () => {
    expect(inspect({}, {}, ['README.md', 'LICENSE', 'dist/index.js', 'dist/main.js'])).toEqual([
      'README.md is missing',
      'LICENSE is missing',
      './dist/main.js is named in package.json and missing',
      './dist/index.js is named in package.json and missing',
    ])
  })

  it('refuses doors and commands that are sources', () => {
    expect(inspect({ exports: { '.': './src/index.ts' }, bin: { greet: './src/main.ts' } })).toEqual([
      './src/main.ts in package.json is a source',
      './src/index.ts in package.json is a source',
    ])
  })

  it.each(['workspace:^', 'catalog:', 'file:../errors'])('refuses a dependency on %s', (version) => {
    expect(inspect({ dependencies: { '@empire/errors': version } })).toEqual([
      `dependencies asks for @empire/errors@${version}`,
    ])
  })

  it('refuses the path where it was built, and other paths of machines', () => {
    const home = ['', 'home', 'ada', 'notes'].join('/')
    expect(inspect({}, { 'dist/index.js': `import "${root}/a.js"`, 'dist/index.js.map': `["${home}"]` })).toEqual([
      `dist/index.js holds ${root}, where it was built`,
      `dist/index.js.map:1 "${home}" is a path of one machine.`,
    ])
  })
})
