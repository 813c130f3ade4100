import { appendFileSync, copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireCommand, toolScript } from '../run-command.ts'
import { readWorkspace } from '../workspace.ts'

const repository = resolve(import.meta.dirname, '../..')
const rootFiles = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
  'turbo.json',
  'vitest.config.ts',
  '.gitignore',
]
let root: string

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'turbo-'))
  for (const name of rootFiles) copyFileSync(join(repository, name), join(root, name))
  for (const folder of ['packages', 'tooling']) {
    cpSync(join(repository, folder), join(root, folder), {
      recursive: true,
      filter: (path) => !['node_modules', 'dist', '.turbo'].includes(basename(path)),
    })
  }
  await requireCommand('git', ['init', '--quiet'], { cwd: root })
})

afterAll(() => rmSync(root, { recursive: true }))

/** Package → hash of its task. Equal hashes mean: the cached result is taken. */
async function hashes(task: 'build' | 'test'): Promise<Map<string, string>> {
  const output = await requireCommand(process.execPath, [toolScript(repository, 'turbo'), 'run', task, '--dry=json'], {
    cwd: root,
    env: { TURBO_TELEMETRY_DISABLED: '1', TURBO_CACHE_DIR: join(root, '.turbo') },
  })
  const { tasks } = JSON.parse(output) as { tasks: { task: string; package: string; hash: string; command: string }[] }
  return new Map(
    tasks
      .filter((entry) => entry.task === task && entry.command !== '<NONEXISTENT>')
      .map((entry) => [entry.package, entry.hash]),
  )
}

async function changedBy(task: 'build' | 'test', change: string): Promise<string[]> {
  const before = await hashes(task)
  appendFileSync(join(root, change), '\n')
  const after = await hashes(task)
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name)).toSorted()
}

/** A package and all that depend on it, however far away, as the manifests say. */
function dependants(name: string): string[] {
  const found = new Set([name])
  for (const current of found) {
    for (const { name: other, manifest } of readWorkspace(root)) {
      const needs = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }
      if (Object.hasOwn(needs, current)) found.add(other)
    }
  }
  return [...found].toSorted()
}

const tested = async (names: readonly string[]): Promise<string[]> => {
  const all = await hashes('test')
  return names.filter((name) => all.has(name))
}

describe('turbo', { timeout: 60_000 }, () => {
  it('tests a package and all its dependants again when its source changes', async () => {
    const expected = await tested(dependants('@empire/errors'))
    expect(expected.length).toBeGreaterThan(5)
    expect(await changedBy('test', 'packages/foundation/errors/src/lib/attempt.ts')).toEqual(expected)
  })

  it.each(['src/lib/attempt.test.ts', 'src/lib/attempt.test-d.ts', 'README.md'])(
    'tests only the package when its %s changes',
    async (file) => {
      expect(await changedBy('test', `packages/foundation/errors/${file}`)).toEqual(['@empire/errors'])
    },
  )

  it('builds nothing again when a test or a README changes', async () => {
    expect(await changedBy('build', 'packages/foundation/errors/src/lib/attempt.test.ts')).toEqual([])
    expect(await changedBy('build', 'packages/foundation/errors/README.md')).toEqual([])
  })

  it('tests everything again when what runs the tests changes', async () => {
    const all = [...(await hashes('test')).keys()].toSorted()
    expect(await changedBy('test', 'vitest.config.ts')).toEqual(all)
    expect(await changedBy('test', 'tooling/examples/printer.ts')).toEqual(all)
    expect(await changedBy('test', 'tsconfig.base.json')).toEqual(all)
  })
})
