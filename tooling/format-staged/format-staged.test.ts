import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireCommand, runCommand } from '../run-command.ts'
import { writeFiles } from '../write-files.ts'

const repository = resolve(import.meta.dirname, '../..')
let root: string

async function git(...args: string[]): Promise<string> {
  return (await requireCommand('git', args, { cwd: root, env: cleanEnvironment() })).trimEnd()
}

/** These tests may run inside a hook themselves. */
function cleanEnvironment(): Record<string, undefined> {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => name.startsWith('GIT_'))
      .map((name) => [name, undefined]),
  )
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'hook-'))
  const script = join(repository, 'tooling/format-staged.ts').replaceAll('\\', '/')
  writeFiles(root, {
    '.oxfmtrc.json': readFileSync(join(repository, '.oxfmtrc.json'), 'utf8'),
    'hooks/pre-commit': `#!/bin/sh\nexec "${process.execPath.replaceAll('\\', '/')}" "${script}"\n`,
    '.gitignore': 'node_modules\nhooks\n',
    'a.ts': 'export const a = 1\n\nexport const b = 2\n\nexport const c = 3\n',
  })
  chmodSync(join(root, 'hooks/pre-commit'), 0o755)
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction')
  await git('init', '--quiet', '--initial-branch=main')
  for (const [name, value] of [
    ['user.name', 'A'],
    ['user.email', 'a@example.com'],
    ['core.hooksPath', 'hooks'],
    ['commit.gpgsign', 'false'],
  ] as const) {
    await git('config', name, value)
  }
  await git('add', '.')
  await git('commit', '--quiet', '--no-verify', '-m', 'start')
})

afterEach(() => rmSync(root, { recursive: true }))

describe('the pre-commit hook', { timeout: 30_000 }, () => {
  it('formats staged files, in the commit and in the work tree', async () => {
    writeFiles(root, { 'a.ts': 'export const a = "1";', 'new folder/ü.ts': 'f( 1 )', 'data.bin': '\0\0' })
    await git('add', '.')
    await git('commit', '-m', 'change')
    expect(await git('show', 'HEAD:a.ts')).toBe(`export const a = '1'`)
    expect(await git('show', 'HEAD:new folder/ü.ts')).toBe('f(1)')
    expect(read('a.ts')).toBe(`export const a = '1'\n`)
    expect(await git('status', '--porcelain')).toBe('')
  })

  it('does not stage the unstaged part of a file', async () => {
    writeFiles(root, { 'a.ts': 'export const a = "1"\n\nexport const b = 2\n\nexport const c = 3\n' })
    await git('add', 'a.ts')
    writeFiles(root, {
      'a.ts': 'export const a = "1"\n\nexport const b = 2\n\nexport const c = "later"\n',
      'b.ts': 'b( 1 )',
    })
    await git('commit', '-m', 'change')
    expect(await git('show', 'HEAD:a.ts')).toBe(`export const a = '1'\n\nexport const b = 2\n\nexport const c = 3`)
    expect(read('a.ts')).toBe(`export const a = '1'\n\nexport const b = 2\n\nexport const c = 'later'\n`)
    expect(read('b.ts')).toBe('b( 1 )')
    expect(await git('status', '--porcelain')).toBe(' M a.ts\n?? b.ts')
  })

  it('leaves unstaged work that does not parse, and files gone from the work tree', async () => {
    writeFiles(root, { 'a.ts': 'a( 1 )\n', 'b.ts': 'b( 1 )\n' })
    await git('add', '.')
    writeFiles(root, { 'a.ts': 'a( 1 )\nconst =' })
    rmSync(join(root, 'b.ts'))
    await git('commit', '-m', 'change')
    expect(await git('show', 'HEAD:a.ts', 'HEAD:b.ts')).toBe('a(1)\nb(1)')
    expect(read('a.ts')).toBe('a( 1 )\nconst =')
    expect(await git('status', '--porcelain')).toBe(' M a.ts\n D b.ts')
  })

  it.each([
    ['of named paths', ['--', 'a.ts'], ' M other.ts'],
    ['of all that changed', ['--all'], ''],
    ['of named paths and the staged ones', ['--include', 'a.ts'], ' M other.ts'],
  ])('leaves nothing behind after a commit %s', async (_, args, rest) => {
    writeFiles(root, { 'other.ts': 'other(1)\n' })
    await git('add', '.')
    await git('commit', '--quiet', '--no-verify', '-m', 'other')
    writeFiles(root, { 'a.ts': 'a( 1 )\n', 'other.ts': 'other(2)\n' })
    await git('commit', '-m', 'change', ...args)
    expect(await git('show', 'HEAD:a.ts')).toBe('a(1)')
    expect(read('a.ts')).toBe('a(1)\n')
    expect(await git('status', '--porcelain')).toBe(rest)
  })

  it('keeps the mode of a file, deletions, links and what the configuration ignores', async () => {
    writeFiles(root, { 'run.ts': 'run( 1 )\n', '.changeset/cat.md': '* a\n* b\n', 'pnpm-lock.yaml': 'a:   1\n' })
    chmodSync(join(root, 'run.ts'), 0o755)
    symlinkSync('run.ts', join(root, 'link.ts'))
    rmSync(join(root, 'a.ts'))
    await git('add', '--all')
    await git('commit', '-m', 'change')
    expect(await git('ls-tree', '--format=%(objectmode) %(path)', '-r', 'HEAD')).toBe(
      [
        '100644 .changeset/cat.md',
        '100644 .gitignore',
        '100644 .oxfmtrc.json',
        '120000 link.ts',
        '100644 pnpm-lock.yaml',
        '100755 run.ts',
      ].join('\n'),
    )
    expect(await git('show', 'HEAD:run.ts', 'HEAD:pnpm-lock.yaml')).toBe('run(1)\na:   1')
    expect(read('.changeset/cat.md')).toBe('* a\n* b\n')
    expect(await git('status', '--porcelain')).toBe('')
  })

  it('refuses a staged file that does not parse, and changes nothing', async () => {
    writeFiles(root, { 'a.ts': 'const =', 'b.ts': 'b( 1 )' })
    await git('add', '.')
    const { exitCode, output } = await runCommand('git', ['commit', '-m', 'change'], {
      cwd: root,
      env: cleanEnvironment(),
    })
    expect(exitCode).toBe(1)
    expect(output).toContain('a.ts')
    expect(read('b.ts')).toBe('b( 1 )')
    expect(await git('status', '--porcelain')).toBe('M  a.ts\nA  b.ts')
  })
})
