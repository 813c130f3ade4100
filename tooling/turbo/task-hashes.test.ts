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

type Task = 'build' | 'test'

/** Package → hash of its task. Equal hashes mean: the cached result is taken. */
type Hashes = Readonly<Record<Task, ReadonlyMap<string, string>>>

/** Of the files as they are: asked for once, for that takes its time. */
let asked: Promise<Hashes> | undefined

async function hashes(): Promise<Hashes> {
  return (asked ??= askTurbo())
}

async function askTurbo(): Promise<Hashes> {
  const words = [toolScript(repository, 'turbo'), 'run', 'build', 'test', '--dry=json']
  const output = await requireCommand(process.execPath, words, {
    cwd: root,
    env: { TURBO_TELEMETRY_DISABLED: '1', TURBO_CACHE_DIR: join(root, '.turbo') },
  })
  const { tasks } = JSON.parse(output) as { tasks: { task: string; package: string; hash: string; command: string }[] }
  const of = (task: Task): Map<string, string> =>
    new Map(
      tasks
        .filter((entry) => entry.task === task && entry.command !== '<NONEXISTENT>')
        .map((entry) => [entry.package, entry.hash]),
    )
  return { build: of('build'), test: of('test') }
}

async function changedBy(change: string): Promise<Record<Task, string[]>> {
  const before = await hashes()
  appendFileSync(join(root, change), '\n')
  asked = undefined
  const after = await hashes()
  const changed = (task: Task): string[] =>
    [...after[task].keys()].filter((name) => before[task].get(name) !== after[task].get(name)).toSorted()
  return { build: changed('build'), test: changed('test') }
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
  const { test } = await hashes()
  return names.filter((name) => test.has(name))
}

describe('turbo', { timeout: 60_000 }, () => {
  it('tests a package and all its dependants again when its source changes', async () => {
    const expected = await tested(dependants('@empire/errors'))
    expect(expected.length).toBeGreaterThan(5)
    expect((await changedBy('packages/foundation/errors/src/lib/attempt.ts')).test).toEqual(expected)
  })

  it.each(['src/lib/attempt.test.ts', 'src/lib/attempt.test-d.ts', 'README.md'])(
    'tests only the package when its %s changes, and builds nothing',
    async (file) => {
      const changed = await changedBy(`packages/foundation/errors/${file}`)
      expect(changed).toEqual({ test: ['@empire/errors'], build: [] })
    },
  )

  it('tests everything again when what runs the tests changes', async () => {
    const all = [...(await hashes()).test.keys()].toSorted()
    expect((await changedBy('vitest.config.ts')).test).toEqual(all)
    expect((await changedBy('tooling/examples/printer.ts')).test).toEqual(all)
    expect((await changedBy('tsconfig.base.json')).test).toEqual(all)
  })
})
