import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFixtureWorkspace, type FixtureFiles } from '../fixture-workspace.ts'
import type { Matrix } from '../layers.ts'
import { checkPackageShape } from './check-package-shape.ts'

// Some tests start processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const matrix: Matrix = {
  foundation: { errors: { runtime: [] } },
  prompt: { tokens: { runtime: ['errors'], test: ['errors'], wraps: ['lunr'] } },
  apps: { rag: { runtime: ['tokens'] } },
  tests: { journeys: { runtime: [], test: ['rag'] } },
}

const tokens = {
  name: '@empire/tokens',
  version: '0.0.0',
  description: 'The contract of token counters.',
  license: 'MIT',
  files: ['dist', 'src', '!src/**/*.test.ts', '!src/**/*.test-d.ts'],
  type: 'module',
  sideEffects: false,
  exports: {
    '.': './src/index.ts',
    './conformance': './src/conformance.ts',
    './package.json': './package.json',
  },
  publishConfig: {
    access: 'public',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './conformance': { types: './dist/conformance.d.ts', default: './dist/conformance.js' },
      './package.json': './package.json',
    },
    provenance: true,
  },
  scripts: { build: 'tsc -p tsconfig.build.json', test: 'vitest run --root ../../.. --dir .' },
  dependencies: { '@empire/errors': 'workspace:^', lunr: 'catalog:' },
  engines: { node: '>=22.18' },
}

const onlyIndex = {
  exports: { '.': './src/index.ts', './package.json': './package.json' },
  publishConfig: {
    access: 'public',
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    provenance: true,
  },
}

const buildConfig = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: { rootDir: 'src', outDir: 'dist', declaration: true, declarationMap: true, sourceMap: true },
  include: ['src'],
  exclude: ['src/**/*.test.ts', 'src/**/*.test-d.ts'],
}

function readme(name: string): string {
  return `# @empire/${name}

One sentence.

## Features

- One
- Two

## Installation

\`\`\`sh
npm install @empire/${name}
# ## Not a heading
\`\`\`

## Usage

\`\`\`ts
console.log(3) // 3
\`\`\`

## Counting

It counts.

## Guarantees

- It holds.

## Related

- Nothing.
`
}

const home = 'packages/prompt/tokens'

const soundFiles: FixtureFiles = {
  'packages/foundation/errors/package.json': { ...tokens, ...onlyIndex, name: '@empire/errors', dependencies: {} },
  'packages/foundation/errors/README.md': readme('errors'),
  'packages/foundation/errors/tsconfig.build.json': buildConfig,
  'packages/foundation/errors/src/index.ts': "export { a } from './lib/a.ts'\n",
  'packages/foundation/errors/src/lib/a.ts': 'export const a = 1\n',
  'packages/foundation/errors/dist/index.js': 'export default 1\n',
  [`${home}/package.json`]: tokens,
  [`${home}/README.md`]: readme('tokens'),
  [`${home}/tsconfig.build.json`]: {
    ...buildConfig,
    compilerOptions: { ...buildConfig.compilerOptions, types: ['node'] },
  },
  [`${home}/src/index.ts`]: "export { a, type A } from './lib/token-counter.ts'\n",
  [`${home}/src/conformance.ts`]: "export { a as cases } from './lib/token-counter.ts'\n",
  [`${home}/src/lib/token-counter.ts`]: 'export type A = 1\nexport const a: A = 1\n',
  [`${home}/src/lib/token-counter.test.ts`]: "import './token-counter.ts'\n",
  [`${home}/src/lib/token-counter.properties.test.ts`]: "import './token-counter.ts'\n",
  [`${home}/src/lib/token-counter.test-d.ts`]: "import './token-counter.ts'\n",
  [`${home}/src/lib/vocabulary.json`]: '[]',
  'packages/apps/rag/package.json': {
    ...tokens,
    name: '@empire/rag',
    exports: onlyIndex.exports,
    bin: { rag: './src/main.ts' },
    publishConfig: { ...onlyIndex.publishConfig, bin: { rag: './dist/main.js' } },
    dependencies: { '@empire/tokens': 'workspace:^' },
  },
  'packages/apps/rag/README.md': readme('rag'),
  'packages/apps/rag/tsconfig.build.json': buildConfig,
  'packages/apps/rag/src/index.ts': "export { a } from './lib/a.ts'\n",
  'packages/apps/rag/src/main.ts': "#!/usr/bin/env node\nimport { a } from './lib/a.ts'\nconsole.log(a)\n",
  'packages/apps/rag/src/main.test.ts': "import './main.ts'\n",
  'packages/apps/rag/src/lib/a.ts': 'export const a = 1\n',
  'packages/tests/journeys/package.json': {
    name: '@empire/journeys',
    version: '0.0.0',
    private: true,
    description: 'Journeys across packages.',
    license: 'MIT',
    type: 'module',
    devDependencies: { '@empire/rag': 'workspace:^' },
  },
  'packages/tests/journeys/fixtures/Ask.txt': 'a question',
  'packages/tests/journeys/src/ask.test.ts': "import '@empire/rag'\n",
}

function faultsOf(planted: FixtureFiles): string[] {
  const workspace = createFixtureWorkspace({ ...soundFiles, ...planted })
  onTestFinished(() => workspace.remove())
  return checkPackageShape(workspace.root, matrix)
}

describe('checkPackageShape', () => {
  it('accepts a contract, an app, a test package, and what was built', () => {
    expect(faultsOf({})).toEqual([])
  })

  it.each<[string, FixtureFiles, string[]]>([
    [
      'a folder without package.json',
      { 'packages/prompt/extra/notes.md': 'x' },
      ['packages/prompt/extra: there is no readable package.json.'],
    ],
    [
      'a package without a row',
      {
        'packages/tests/more/package.json': {
          name: '@empire/more',
          version: '0.0.0',
          private: true,
          description: 'More.',
          license: 'MIT',
          type: 'module',
        },
      },
      ['packages/tests/more has no row in tooling/layers.ts.'],
    ],
    [
      'a package.json that is no JSON',
      { [`${home}/package.json`]: '{' },
      [
        'tokens has a row in tooling/layers.ts, but there is no package at packages/prompt/tokens.',
        `${home}: there is no readable package.json.`,
      ],
    ],
    [
      'a missing README, build configuration or door',
      {
        [`${home}/README.md`]: undefined,
        [`${home}/tsconfig.build.json`]: undefined,
        'packages/apps/rag/src/index.ts': undefined,
      },
      [
        'packages/apps/rag: src/index.ts is missing.',
        'packages/apps/rag: package.json: exports["."] should not be there, is "./src/index.ts".',
        'packages/apps/rag: package.json: publishConfig.exports["."] should not be there, is {"types":"./dist/index.d.ts","default":"./dist/index.js"}.',
        `${home}: README.md is missing.`,
        `${home}: tsconfig.build.json is missing.`,
      ],
    ],
    [
      'a door that exports do not name',
      { [`${home}/src/files.ts`]: "export { a } from './lib/token-counter.ts'\n" },
      [
        `${home}: package.json: exports["./files"] should be "./src/files.ts", is missing.`,
        `${home}: package.json: publishConfig.exports["./files"] should be {"types":"./dist/files.d.ts","default":"./dist/files.js"}, is missing.`,
      ],
    ],
    [
      'exports that name no door',
      { [`${home}/src/conformance.ts`]: undefined },
      [
        `${home}: package.json: exports["./conformance"] should not be there, is "./src/conformance.ts".`,
        `${home}: package.json: publishConfig.exports["./conformance"] should not be there, is {"types":"./dist/conformance.d.ts","default":"./dist/conformance.js"}.`,
      ],
    ],
    [
      'exports that are published as sources',
      {
        [`${home}/package.json`]: {
          ...tokens,
          publishConfig: {
            ...tokens.publishConfig,
            exports: { ...tokens.publishConfig.exports, '.': './src/index.ts' },
          },
        },
      },
      [
        `${home}: package.json: publishConfig.exports["."] should be {"types":"./dist/index.d.ts","default":"./dist/index.js"}, is "./src/index.ts".`,
      ],
    ],
    [
      'an app without a command',
      {
        'packages/apps/rag/package.json': {
          ...tokens,
          ...onlyIndex,
          name: '@empire/rag',
          dependencies: { '@empire/tokens': 'workspace:^' },
        },
        'packages/apps/rag/src/main.ts': undefined,
        'packages/apps/rag/src/main.test.ts': undefined,
      },
      ['packages/apps/rag: package.json: bin should name the command of the app.'],
    ],
    [
      'a command that is no file, and its publishing',
      {
        [`${home}/package.json`]: { ...tokens, bin: { count: './src/lib/count.ts' } },
      },
      [
        `${home}: package.json: bin["count"] should name a file in src, is "./src/lib/count.ts".`,
        `${home}: package.json: publishConfig.bin["count"] should be "./dist/lib/count.js", is missing.`,
      ],
    ],
    [
      'a command without a name',
      { [`${home}/package.json`]: { ...tokens, bin: './src/main.ts' } },
      [`${home}: package.json: bin should give each command its file, is "./src/main.ts".`],
    ],
    [
      'a command that a shell cannot run',
      { 'packages/apps/rag/src/main.ts': 'console.log(1)' },
      ['packages/apps/rag: src/main.ts: a command should begin with #!/usr/bin/env node.'],
    ],
    [
      'a published package that is private',
      { [`${home}/package.json`]: { ...tokens, private: true } },
      [`${home}: package.json: private should not be there, is true.`],
    ],
    [
      'a test package that is not private',
      {
        'packages/tests/journeys/package.json': {
          name: '@empire/journeys',
          version: '0.0.0',
          description: 'Journeys.',
          license: 'MIT',
          type: 'module',
        },
      },
      ['packages/tests/journeys: package.json: private should be true, is missing.'],
    ],
    [
      'a version of its own',
      { [`${home}/package.json`]: { ...tokens, dependencies: { '@empire/errors': '^0.1.0', lunr: '2.3.9' } } },
      [
        `${home}: package.json: dependencies.@empire/errors should be "workspace:^", is "^0.1.0".`,
        `${home}: package.json: dependencies.lunr should be "catalog:", is "2.3.9".`,
      ],
    ],
    [
      'a dependency that the row does not list',
      { [`${home}/package.json`]: { ...tokens, dependencies: { '@empire/rag': 'workspace:^' } } },
      [
        `tokens lists @empire/rag in dependencies (${home}/package.json): rag is on a higher floor (apps is above prompt), so no row may allow it.`,
      ],
    ],
    [
      'another build configuration',
      { [`${home}/tsconfig.build.json`]: { ...buildConfig, exclude: [] } },
      [
        `${home}: tsconfig.build.json: should be {"extends":"../../../tsconfig.base.json","compilerOptions":{"rootDir":"src","outDir":"dist","declaration":true,"declarationMap":true,"sourceMap":true},"include":["src"],"exclude":["src/**/*.test.ts","src/**/*.test-d.ts"]}, with "types": ["node"] where Node is needed; is {"extends":"../../../tsconfig.base.json","compilerOptions":{"rootDir":"src","outDir":"dist","declaration":true,"declarationMap":true,"sourceMap":true},"include":["src"],"exclude":[]}.`,
      ],
    ],
    [
      'a file that belongs nowhere',
      { [`${home}/jest.config.js`]: '', [`${home}/src/notes.md`]: 'x', [`${home}/src/more/a.ts`]: 'export {}' },
      [
        `${home}: jest.config.js: does not belong in a package.`,
        `${home}: src/more/a.ts: only doors and lib belong in src.`,
        `${home}: src/notes.md: only doors and lib belong in src.`,
      ],
    ],
    [
      'a test away from its code',
      { [`${home}/src/index.test.ts`]: '', [`${home}/src/lib/gone.test.ts`]: '' },
      [
        `${home}: src/index.test.ts: tests belong beside the code in src/lib.`,
        `${home}: src/lib/gone.test.ts: there is no src/lib/gone.ts beside it.`,
      ],
    ],
    [
      'a name that is not in kebab-case',
      { [`${home}/src/lib/TokenCounter.ts`]: 'export {}', [`${home}/src/lib/token.mjs`]: '' },
      [
        `${home}: src/lib/TokenCounter.ts: should be named in kebab-case and end in .ts.`,
        `${home}: src/lib/token.mjs: should be named in kebab-case and end in .ts.`,
      ],
    ],
    [
      'a name that says nothing',
      {
        [`${home}/src/lib/utils.ts`]: 'export {}',
        [`${home}/src/lib/common/count.ts`]: 'export {}',
        [`${home}/src/lib/helpers.test.ts`]: '',
        [`${home}/src/lib/helpers.ts`]: 'export {}',
        [`${home}/src/lib/deep/index.ts`]: 'export {}',
      },
      [
        `${home}: src/lib/common/count.ts: "common" says nothing; name it after what it holds.`,
        `${home}: src/lib/deep/index.ts: a package has no barrels inside.`,
        `${home}: src/lib/helpers.test.ts: "helpers" says nothing; name it after what it holds.`,
        `${home}: src/lib/helpers.ts: "helpers" says nothing; name it after what it holds.`,
        `${home}: src/lib/utils.ts: "utils" says nothing; name it after what it holds.`,
      ],
    ],
  ])('refuses %s', (_, planted, faults) => {
    expect(faultsOf(planted)).toEqual(faults)
  })

  it.each([
    ['name', '@empire/token', '"@empire/tokens"'],
    ['license', 'ISC', '"MIT"'],
    ['type', 'commonjs', '"module"'],
    ['sideEffects', true, 'false'],
    ['files', ['dist'], '["dist","src","!src/**/*.test.ts","!src/**/*.test-d.ts"]'],
    ['engines', { node: '>=20' }, '{"node":">=22.18"}'],
    ['description', ' ', 'a text'],
    ['version', '', 'a text'],
  ])('refuses another %s', (field, value, expected) => {
    expect(faultsOf({ [`${home}/package.json`]: { ...tokens, [field]: value } })).toEqual([
      `${home}: package.json: ${field} should be ${expected}, is ${JSON.stringify(value)}.`,
    ])
  })

  it.each([
    ['lib', 'a default export', 'export default 1', 'has a default export.'],
    ['lib', 'a named default', 'const a = 1\nexport { a as default }', 'has a default export.'],
    ['lib', 'a default function', 'export default function a() {}', 'has a default export.'],
    ['lib', 'a star', "export * from './token-counter.ts'", 'has an "export *".'],
    ['lib', 'a star with a name', "export * as a from './token-counter.ts'", 'has an "export *".'],
    ['lib', 'a type star', "export type * from './token-counter.ts'", 'has an "export *".'],
    [
      'lib',
      'another package',
      "export { a } from '@empire/errors'",
      'exports names of another package, @empire/errors.',
    ],
    ['door', 'code', 'export const a = 1', 'is a door, and a door does nothing but export names from lib.'],
    [
      'door',
      'a door',
      "export { a } from './conformance.ts'",
      'is a door, and a door does nothing but export names from lib.',
    ],
    [
      'door',
      'effects',
      "import './lib/token-counter.ts'",
      'is a door, and a door does nothing but export names from lib.',
    ],
  ])('refuses in a %s: %s', (place, _, code, fault) => {
    const file = place === 'door' ? 'src/index.ts' : 'src/lib/planted.ts'
    expect(faultsOf({ [`${home}/${file}`]: code })).toEqual([`${home}: ${file}: ${fault}`])
  })

  it('takes words for words: an export in a text is none', () => {
    expect(
      faultsOf({ [`${home}/src/lib/planted.ts`]: 'export const a = `\nexport default 1\nexport * from "x"\n`' }),
    ).toEqual([])
  })
})

describe('a README', () => {
  const sound = readme('tokens')
  const parts = (found: string): string =>
    `${home}: README.md: its parts should be Features, Installation, Usage, one for each capability, Guarantees, Related; they are ${found}.`

  it.each<[string, string, string]>([
    [
      'of another title',
      sound.replace('# @empire/tokens', '# Tokens'),
      `${home}: README.md: should begin with "# @empire/tokens".`,
    ],
    [
      'without a sentence',
      sound.replace('One sentence.\n', '\n'),
      `${home}: README.md: one sentence on one line should follow the title.`,
    ],
    [
      'with paragraphs',
      sound.replace('One sentence.\n', 'One.\n\nTwo.\n'),
      `${home}: README.md: one sentence on one line should follow the title.`,
    ],
    [
      'without a part',
      sound.replace('## Related', '### Related'),
      parts('Features, Installation, Usage, Counting, Guarantees'),
    ],
    [
      'with parts in another order',
      sound.replace('## Usage', '## Use'),
      parts('Features, Installation, Use, Counting, Guarantees, Related'),
    ],
    [
      'that does not say how to install',
      sound.replace('npm install', 'pnpm add'),
      `${home}: README.md: should have a line "npm install @empire/tokens".`,
    ],
    [
      'without a use',
      sound.replace('```ts\nconsole.log(3) // 3\n```', 'Call it.\n\nTwice.'),
      `${home}: README.md: should show a use in a code block below "## Usage".`,
    ],
    [
      'that is too long',
      sound.replace('It counts.', 'It counts.\n'.repeat(90)),
      `${home}: README.md: should have 25 to 120 lines, has 123.`,
    ],
  ])('%s is refused', (_, text, fault) => {
    expect(faultsOf({ [`${home}/README.md`]: text })).toContain(fault)
  })

  it('that installs a peer too is accepted', () => {
    const text = sound.replace('npm install @empire/tokens', 'npm install @empire/tokens lunr')
    expect(faultsOf({ [`${home}/README.md`]: text })).toEqual([])
  })

  it('that is too short is refused', () => {
    expect(faultsOf({ [`${home}/README.md`]: '# @empire/tokens\n' })).toContain(
      `${home}: README.md: should have 25 to 120 lines, has 1.`,
    )
  })
})

describe('node tooling/package-shape.ts', () => {
  const script = join(import.meta.dirname, '../package-shape.ts')

  it('explains itself', () => {
    expect(execFileSync(process.execPath, [script, '--help'], { encoding: 'utf8' })).toMatch(
      /^Usage: node tooling\/package-shape.ts\n/,
    )
  })

  it('refuses an option that it does not know', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--fix'], { encoding: 'utf8' })
    expect(stderr).toMatch(/^Unknown option '--fix'/)
    expect(status).toBe(2)
  })
})

describe('this repository', () => {
  it('has packages of one shape', () => {
    expect(checkPackageShape(join(import.meta.dirname, '../..'))).toEqual([])
  })
})
