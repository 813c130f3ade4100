import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFixtureWorkspace, type FixtureFiles } from '../fixture-workspace.ts'
import type { Matrix } from '../layers.ts'
import { checkDependencies, type DependencyReport } from './check-dependencies.ts'

// Some tests start processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const matrix: Matrix = {
  foundation: {
    errors: { runtime: [], test: ['test-support'] },
    'test-support': { runtime: ['errors'] },
  },
  prompt: {
    template: { runtime: ['errors'] },
    'template-liquid': { runtime: ['errors', 'template'], adapterOf: 'template', wraps: ['liquidjs'] },
    'template-eta': { runtime: ['errors', 'template'], adapterOf: 'template' },
    tokens: { runtime: ['errors'] },
    context: { runtime: ['template'], test: ['tokens'] },
  },
  llm: { llm: { runtime: ['errors'] } },
  tests: { journeys: { runtime: [], test: ['llm'] } },
}

/** A workspace where every package declares and imports just what its row allows. */
const soundFiles: FixtureFiles = {
  'package.json': { private: true, devDependencies: { vitest: '5.0.0' } },
  ...library('liquidjs'),
  ...library('vitest'),
  ...library('lunr'),
  ...packageFiles('foundation/errors', [], ['test-support']),
  ...packageFiles('foundation/test-support', ['errors']),
  ...packageFiles('prompt/template', ['errors']),
  ...packageFiles('prompt/template-liquid', ['errors', 'template'], [], ['liquidjs']),
  ...packageFiles('prompt/template-eta', ['errors', 'template']),
  ...packageFiles('prompt/tokens', ['errors']),
  ...packageFiles('prompt/context', ['template'], ['tokens']),
  ...packageFiles('llm/llm', ['errors']),
  ...packageFiles('tests/journeys', [], ['llm']),
}

function library(name: string): FixtureFiles {
  return {
    [`node_modules/${name}/package.json`]: { name, version: '1.0.0', exports: './index.js' },
    [`node_modules/${name}/index.js`]: '',
  }
}

function packageFiles(place: string, runtime: string[], test: string[] = [], libraries: string[] = []): FixtureFiles {
  const siblings = runtime.map((name) => `@empire/${name}`)
  const testSiblings = test.map((name) => `@empire/${name}`)
  return {
    [`packages/${place}/package.json`]: manifest(place, [...siblings, ...libraries], testSiblings),
    [`packages/${place}/src/index.ts`]: `${importAll([...siblings, ...libraries])}import 'node:fs'\nexport {}\n`,
    [`packages/${place}/src/lib/a.test.ts`]: `${importAll([...testSiblings, 'vitest'])}import '../index.ts'\n`,
  }
}

function manifest(place: string, dependencies: string[], devDependencies: string[] = []): object {
  return {
    name: `@empire/${place.split('/')[1]}`,
    exports: { '.': './src/index.ts' },
    dependencies: asVersions(dependencies),
    devDependencies: asVersions(devDependencies),
  }
}

function importAll(names: string[]): string {
  return names.map((name) => `import '${name}'\n`).join('')
}

function asVersions(names: string[]): object {
  return Object.fromEntries(names.map((name) => [name, 'workspace:^']))
}

/** Checks the sound workspace with `planted` put over it; every package is installed, unless `installed` is false. */
async function check(
  planted: FixtureFiles,
  options: { matrix?: Matrix; installed?: boolean } = {},
): Promise<DependencyReport> {
  const files = { ...soundFiles, ...planted }
  const folders = Object.keys(files).flatMap((path) => /^(packages\/[^/]+\/[^/]+)\/package.json$/.exec(path)?.[1] ?? [])
  const links = folders.map((folder) => [`node_modules/@empire/${folder.split('/')[2]}`, folder])
  const workspace = createFixtureWorkspace(files, options.installed === false ? {} : Object.fromEntries(links))
  onTestFinished(() => workspace.remove())
  return checkDependencies(workspace.root, options.matrix ?? matrix)
}

async function violationsOf(planted: FixtureFiles, options?: { matrix?: Matrix; installed?: boolean }) {
  const { violations } = await check(planted, options)
  return violations
}

const template = 'packages/prompt/template/src/lib/a.ts'
const inRow = 'in tooling/layers.ts'

describe('checkDependencies', () => {
  it('accepts a workspace that keeps to its matrix, where test support closes no circle', async () => {
    const { violations, modules, imports } = await check({})
    expect(violations).toEqual([])
    expect(modules).toBe(18)
    expect(imports.length).toBe(40)
  })

  it('accepts a row that grants more than is used', async () => {
    const generous: Matrix = { ...matrix, llm: { llm: { runtime: ['errors', 'tokens'] } } }
    expect(await violationsOf({}, { matrix: generous })).toEqual([])
  })

  it('refuses a folder without packages', async () => {
    const workspace = createFixtureWorkspace({ 'package.json': {} })
    onTestFinished(() => workspace.remove())
    const { violations } = await checkDependencies(workspace.root, matrix)
    expect(violations).toEqual([`No packages in ${join(workspace.root, 'packages')}.`])
  })
})

describe('an import', () => {
  const notInRow = `template imports tokens (${template}): the row of template ${inRow} does not list it; its \`runtime\` would have to list 'tokens'.`

  it.each([
    ['a value', "import '@empire/tokens'"],
    ['a type', "import type { Counter } from '@empire/tokens'\nexport type { Counter }"],
    ['a type in an expression', "export type Counter = import('@empire/tokens').Counter"],
    ['a re-export', "export { count } from '@empire/tokens'"],
    ['an import while running', "await import('@empire/tokens')"],
    ['a template text', 'await import(`@empire/tokens`)'],
    ['a door', "import '@empire/tokens/conformance'"],
    ['a call', "require('@empire/tokens')"],
    ['a directive', '/// <reference types="@empire/tokens" />'],
    ['a path', "import '../../../tokens/src/index.ts'"],
  ])('of a package outside the row is refused: %s', async (_, code) => {
    expect(await violationsOf({ [template]: code })).toEqual([notInRow])
  })

  it('of a package outside the row is refused where pnpm has not linked it', async () => {
    const { violations } = await check({ [template]: "import '@empire/tokens'" }, { installed: false })
    expect(violations).toContain(notInRow)
  })

  it('of a package of a higher floor is refused', async () => {
    expect(await violationsOf({ [template]: "import '@empire/llm'" })).toEqual([
      `template imports llm (${template}): llm is on a higher floor (llm is above prompt), so no row may allow it.`,
    ])
  })

  it('of an adapter by its contract is refused', async () => {
    expect(await violationsOf({ [template]: "import '@empire/template-liquid'" })).toContain(
      `template imports template-liquid (${template}): template-liquid is an adapter of template, and a contract does not know its adapters, so no row may allow it.`,
    )
  })

  it('of a sibling adapter is refused, in tests too', async () => {
    const file = 'packages/prompt/template-eta/src/lib/a.test.ts'
    expect(await violationsOf({ [file]: "import '@empire/template-liquid'" })).toEqual([
      `template-eta imports template-liquid (${file}): both are adapters of template, and an adapter does not know its siblings, so no row may allow it.`,
    ])
  })

  it('of what only tests may import is refused elsewhere', async () => {
    const file = 'packages/prompt/context/src/lib/a.ts'
    expect(await violationsOf({ [file]: "import '@empire/tokens'" })).toEqual([
      `context imports tokens (${file}): the row of context ${inRow} allows it to tests only; its \`runtime\` would have to list 'tokens'.`,
    ])
  })

  it('by a test outside the test column is refused', async () => {
    const file = 'packages/prompt/template/src/lib/b.test-d.ts'
    expect(await violationsOf({ [file]: "import '@empire/tokens'" })).toEqual([
      `template imports tokens (${file}): the row of template ${inRow} does not list it; its \`test\` would have to list 'tokens'.`,
    ])
  })

  it('of a test package is refused, for it is above everything', async () => {
    const file = 'packages/llm/llm/src/lib/a.ts'
    expect(await violationsOf({ [file]: "import '@empire/journeys'" })).toEqual([
      `llm imports journeys (${file}): journeys is on a higher floor (tests is above llm), so no row may allow it.`,
    ])
  })

  it('of a package that has no row is refused', async () => {
    expect(await violationsOf({ [template]: "import '@empire/nothing'" })).toEqual([
      `template imports nothing (${template}): nothing has no row in tooling/layers.ts, so no row may allow it.`,
    ])
  })

  it('of an undeclared library is refused, installed or not', async () => {
    expect(await violationsOf({ [template]: "import 'lunr'\nimport 'gone'" })).toEqual([
      `template imports gone (${template}): it is not declared; packages/prompt/template/package.json would have to list it in dependencies.`,
      `template imports lunr (${template}): it is not declared; packages/prompt/template/package.json would have to list it in dependencies.`,
    ])
  })

  it('of a package in the row that package.json does not list is refused', async () => {
    const declared = { 'packages/prompt/template/package.json': manifest('prompt/template', []) }
    expect(await violationsOf({ ...declared, [template]: 'export {}' })).toEqual([
      'template imports @empire/errors (packages/prompt/template/src/index.ts): it is not declared; packages/prompt/template/package.json would have to list it in dependencies.',
    ])
  })

  it('of a devDependency outside tests is refused', async () => {
    expect(await violationsOf({ [template]: "import 'vitest'" })).toEqual([
      `template imports vitest (${template}): it is not declared; packages/prompt/template/package.json would have to list it in dependencies.`,
    ])
  })

  it('of a devDependency by a benchmark is refused, for benchmarks are published unless they are a test package', async () => {
    const file = 'packages/prompt/template/src/lib/a.bench.ts'
    expect(await violationsOf({ [file]: "import 'vitest'" })).toEqual([
      `template imports vitest (${file}): it is not declared; packages/prompt/template/package.json would have to list it in dependencies.`,
    ])
  })

  it.each(['./gone.ts', '@empire/errors/src/lib/a.ts', '#gone'])(
    'of %s, which leads nowhere, is refused',
    async (to) => {
      expect(await violationsOf({ [template]: `import '${to}'` })).toEqual([
        `template imports ${to} (${template}): it cannot be resolved; is it spelled right, exported and installed?`,
      ])
    },
  )

  it.each(['../../../../foundation/errors/src/index.ts', '../../../../../check.ts', '../../../../../package.json'])(
    'of %s, a path out of the package, is refused',
    async (to) => {
      expect(await violationsOf({ 'check.ts': 'export {}', [template]: `import '${to}'` })).toEqual([
        `template imports ${to} (${template}): a path must not leave the folder of its package; import packages by their names.`,
      ])
    },
  )

  it('of built code is read like any other', async () => {
    const built = { 'packages/prompt/tokens/dist/index.js': 'export {}' }
    expect(await violationsOf({ ...built, [template]: "import '../../../tokens/dist/index.js'" })).toEqual([notInRow])
  })

  it('of the package itself by its name is accepted', async () => {
    expect(await violationsOf({ [template]: "import '@empire/template'" })).toEqual([])
  })
})

describe('a circle', () => {
  it('of files is refused once', async () => {
    const folder = 'packages/prompt/template/src/lib'
    const files = {
      [`${folder}/a.ts`]: "import './b.ts'",
      [`${folder}/b.ts`]: "import type { C } from './c.ts'",
      [`${folder}/c.ts`]: "import './a.ts'\nexport type C = 1",
    }
    expect(await violationsOf(files)).toEqual([
      `A circle of imports: ${folder}/a.ts → ${folder}/b.ts → ${folder}/c.ts → ${folder}/a.ts.`,
    ])
  })

  it('of packages is refused, besides the import that closes it', async () => {
    const file = 'packages/foundation/errors/src/index.ts'
    expect(await violationsOf({ [file]: "import '@empire/test-support'" })).toEqual([
      `errors imports test-support (${file}): the row of errors ${inRow} allows it to tests only; its \`runtime\` would have to list 'test-support'.`,
      `A circle of imports: ${file} → packages/foundation/test-support/src/index.ts → ${file}.`,
    ])
  })
})

describe('a package.json', () => {
  const file = 'packages/prompt/template/package.json'

  it.each(['dependencies', 'peerDependencies', 'optionalDependencies'])(
    'that lists a package outside the row in %s is refused, used or not',
    async (section) => {
      const planted = { ...manifest('prompt/template', ['@empire/errors']) }
      const dependencies = { '@empire/errors': 'workspace:^', '@empire/tokens': 'workspace:^' }
      expect(await violationsOf({ [file]: { ...planted, [section]: dependencies } })).toEqual([
        `template lists @empire/tokens in ${section} (${file}): the row of template ${inRow} does not list it; its \`runtime\` would have to list 'tokens'.`,
      ])
    },
  )

  it('that lists a package outside the test column in devDependencies is refused', async () => {
    expect(await violationsOf({ [file]: manifest('prompt/template', ['@empire/errors'], ['@empire/llm']) })).toEqual([
      `template lists @empire/llm in devDependencies (${file}): llm is on a higher floor (llm is above prompt), so no row may allow it.`,
    ])
  })

  it('that lists a library which the row does not wrap is refused', async () => {
    expect(await violationsOf({ [file]: manifest('prompt/template', ['@empire/errors', 'lunr']) })).toEqual([
      `template lists lunr in dependencies (${file}): the row of template ${inRow} does not list it; its \`wraps\` would have to list 'lunr'.`,
    ])
  })

  it('that lists a library which another package wraps is refused', async () => {
    expect(await violationsOf({ [file]: manifest('prompt/template', ['@empire/errors', 'liquidjs']) })).toEqual([
      `template lists liquidjs in dependencies (${file}): template-liquid is the package that wraps it; import that one instead.`,
    ])
  })

  it('that lists a library of types, which packages share, is accepted', async () => {
    expect(
      await violationsOf({ [file]: manifest('prompt/template', ['@empire/errors', '@standard-schema/spec']) }),
    ).toEqual([])
  })
})

describe('rows and packages', () => {
  it('refuses a package without a row', async () => {
    expect(await violationsOf(packageFiles('flow/search', ['errors']))).toEqual([
      'packages/flow/search has no row in tooling/layers.ts.',
    ])
  })

  it('refuses code outside a package, which has no row either', async () => {
    const stray = { 'packages/flow/search/src/index.ts': "import '@empire/llm'", 'packages/stray.ts': 'export {}' }
    expect(await violationsOf(stray)).toEqual([
      'packages/flow/search/src/index.ts belongs to no package.',
      'packages/stray.ts belongs to no package.',
    ])
  })

  it('refuses a row without a package', async () => {
    expect(await violationsOf({}, { matrix: { ...matrix, apps: { rag: { runtime: ['errors'] } } } })).toEqual([
      'rag has a row in tooling/layers.ts, but there is no package at packages/apps/rag.',
    ])
  })

  it('refuses a package on another floor than its row', async () => {
    const { tests, ...floors } = matrix
    const moved = { ...floors, llm: {}, flow: { llm: { runtime: ['errors'] } }, tests: tests ?? {} }
    expect(await violationsOf({}, { matrix: moved })).toEqual([
      'llm has a row in tooling/layers.ts, but there is no package at packages/flow/llm.',
      'packages/llm/llm has no row in tooling/layers.ts.',
    ])
  })
})

describe('what was read', () => {
  it('refuses sources that were not read', async () => {
    const hidden = 'packages/prompt/template/src/lib/node_modules/hidden.ts'
    expect(await violationsOf({ [hidden]: "import '@empire/llm'" })).toEqual([
      `18 modules were read, but there are 19 sources; not read: ${hidden}. Does dependency-cruiser support this version of TypeScript?`,
    ])
  })
})

describe('pnpm check:deps', () => {
  const script = join(import.meta.dirname, '../check-deps.ts')

  it('fails when dependency-cruiser cannot read TypeScript, which makes it see no modules at all', () => {
    const hide = `import { registerHooks } from 'node:module'
      registerHooks({ resolve(specifier, context, next) {
        if (/^typescript(\\/|$)/.test(specifier)) throw Object.assign(new Error('hidden'), { code: 'ERR_MODULE_NOT_FOUND' })
        return next(specifier, context)
      } })`
    const hook = `data:text/javascript,${encodeURIComponent(hide)}`
    const { status, stdout } = spawnSync(process.execPath, ['--import', hook, script], { encoding: 'utf8' })
    expect(stdout).toMatch(/^0 modules were read, but there are \d+ sources; not read: packages\//m)
    expect(status).toBe(1)
  })

  it('explains itself', () => {
    expect(execFileSync(process.execPath, [script, '--help'], { encoding: 'utf8' })).toMatch(
      /^Usage: pnpm check:deps \[--report\] \[--update\]\n/,
    )
  })

  it('refuses an option that it does not know', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--fix'], { encoding: 'utf8' })
    expect(stderr).toMatch(/^Unknown option '--fix'/)
    expect(status).toBe(2)
  })
})
