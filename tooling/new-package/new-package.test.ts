import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createFixtureWorkspace, type FixtureWorkspace } from '../fixture-workspace.ts'
import { type CommandResult, runCommand, toolScript } from '../run-command.ts'
import { writeFiles } from '../write-files.ts'

// Some tests start processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const repository = join(import.meta.dirname, '../..')

/** The house without packages. */
const emptyLayers = readFileSync(join(repository, 'tooling/layers.ts'), 'utf8').replace(
  /(?<=\nexport const matrix: Matrix = \{\n).*?(?=\n\}\n)/s,
  '  foundation: {},\n  schema: {},\n  apps: {},\n  tests: {},',
)

let workspace: FixtureWorkspace

function run(...args: string[]): Promise<CommandResult> {
  return runCommand(process.execPath, args, { cwd: workspace.root })
}

function newPackage(...args: string[]): Promise<CommandResult> {
  return run('tooling/new-package.ts', ...args)
}

beforeAll(() => {
  workspace = createFixtureWorkspace({
    'tsconfig.json': {
      extends: './tsconfig.base.json',
      compilerOptions: { noEmit: true, types: ['node'] },
      include: ['packages/*/*/src'],
    },
  })
  for (const path of ['package.json', 'tsconfig.base.json', 'vitest.config.ts', '.oxfmtrc.json', '.oxlintrc.json']) {
    cpSync(join(repository, path), join(workspace.root, path))
  }
  cpSync(join(repository, 'tooling'), join(workspace.root, 'tooling'), {
    recursive: true,
    filter: (source) => !source.endsWith('.test.ts'),
  })
  writeFiles(workspace.root, { 'tooling/layers.ts': emptyLayers, 'tooling/check-deps/edges.json': '{}' })
  symlinkSync(join(repository, 'node_modules'), join(workspace.root, 'node_modules'), 'junction')
})

afterAll(() => workspace.remove())

describe('pnpm new-package', () => {
  it('makes packages that pass every check at once', async () => {
    const library = await newPackage('foundation', 'cache-redis', 'A tier "in" Redis, the second of two.')
    expect(library.output).toBe(`Made packages/foundation/cache-redis.

Next:
  1. pnpm check: it passes.
  2. src/lib/cache-redis.ts: write the first real thing, with its test beside it.
  3. README.md: features, a real use, guarantees, related packages.
  4. tooling/layers.ts: list in its row what it may import, then in package.json as "workspace:^".
  5. .changeset/cache-redis.md: say what users get.
`)
    const app = await newPackage(
      'apps',
      'anvil',
      `The prompt command, with a description ${'that goes on '.repeat(9)}long.`,
    )
    expect(app.exitCode).toBe(0)

    const results = await Promise.all([
      run('tooling/check-deps.ts'),
      run('tooling/package-shape.ts'),
      run('tooling/check-examples.ts'),
      run(toolScript(repository, 'oxfmt'), '--check', 'packages', 'tooling/layers.ts'),
      run(toolScript(repository, 'oxlint'), '--deny-warnings', 'packages'),
      run(toolScript(repository, 'typescript', 'tsc'), '--noEmit'),
      run(
        toolScript(repository, 'typescript', 'tsc'),
        '--noEmit',
        '-p',
        'packages/foundation/cache-redis/tsconfig.build.json',
      ),
      run(toolScript(repository, 'typescript', 'tsc'), '--noEmit', '-p', 'packages/apps/anvil/tsconfig.build.json'),
      run(toolScript(repository, 'vitest'), 'run', 'packages'),
    ])
    expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([])
    expect(results[0]?.stdout).toMatch(/^7 modules, 7 imports, 0 violations$/m)
    expect(results.at(-1)?.stdout).toMatch(/Tests .*10 passed/)
  })

  it('makes an app whose command explains itself', async () => {
    const { stdout } = await run('packages/apps/anvil/src/main.ts', '--help')
    expect(stdout).toMatch(/^Usage: anvil \[--help\]\n\nThe prompt command, with a description that goes on/)
  })

  it('adds a minor changeset', () => {
    expect(readFileSync(join(workspace.root, '.changeset/cache-redis.md'), 'utf8')).toBe(
      '---\n\'@empire/cache-redis\': minor\n---\n\nA tier "in" Redis, the second of two.\n',
    )
  })

  it('refuses a name that is taken, and writes nothing', async () => {
    const { exitCode, output } = await newPackage('schema', 'cache-redis', 'Another.')
    expect(output).toBe('"cache-redis" is taken: it has a row in tooling/layers.ts, on foundation.\n')
    expect(exitCode).toBe(1)
    expect(existsSync(join(workspace.root, 'packages/schema'))).toBe(false)
  })

  it.each([
    [[], 'Expected a layer, a name and one quoted sentence, got 0 arguments.'],
    [['schema', 'model', 'Friendly', 'models.'], 'Expected a layer, a name and one quoted sentence, got 4 arguments.'],
    [['--force'], "Unknown option '--force'"],
  ])('explains itself when it is called with %j', async (args, message) => {
    const { exitCode, output } = await newPackage(...args)
    expect(output.startsWith(message)).toBe(true)
    expect(output).toContain('\n\nUsage: pnpm new-package <layer> <name> "<one sentence>"\n')
    expect(exitCode).toBe(2)
  })

  it('explains itself when asked', async () => {
    const { exitCode, stdout } = await newPackage('--help')
    expect(stdout).toMatch(/^Usage: pnpm new-package <layer> <name> "<one sentence>"\n/)
    expect(stdout).toContain('\nLayers: foundation, schema, apps\n')
    expect(exitCode).toBe(0)
  })
})
