import { existsSync } from 'node:fs'
import { symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CommandResult, ragMain, runProcess, runRag } from './rag-command.ts'
import { temporaryFolder } from './temporary-folder.ts'

const question = 'Which port does the server listen on?'
const answering = { 'docs/server.md': 'The server listens on port 7411.\n' }

const hostile = {
  'docs/binary.md': new Uint8Array([0x23, 0x20, 0x00, 0x01, 0x02]),
  'docs/empty.md': '',
  'docs/latin-1.txt': new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x0a]),
  'docs/picture.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
  'docs/huge.md': '',
}

async function hostileFolder(): Promise<string> {
  const folder = await temporaryFolder({ ...answering, ...hostile })
  await truncate(join(folder, 'docs/huge.md'), 50 * 1024 * 1024)
  await symlink('.', join(folder, 'docs/loop'))
  await symlink('nowhere.md', join(folder, 'docs/broken.md'))
  return folder
}

describe('rag over files that cannot be read', () => {
  it('names each in one line and answers from the rest', async () => {
    const folder = await hostileFolder()
    const { code, stdout, stderr } = await runRag([question, '--docs', 'docs'], { cwd: folder })
    expect(stdout).toContain('port 7411')
    expect(code).toBe(0)
    const lines = stderr.trimEnd().split('\n')
    expect(lines.map((line) => line.split(':')[0]).toSorted()).toEqual([
      'docs/binary.md',
      'docs/broken.md',
      'docs/empty.md',
      'docs/huge.md',
      'docs/loop',
      'docs/picture.png',
    ])
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/)
  })

  it('counts so that the sum is right', async () => {
    const folder = await hostileFolder()
    const { stdout } = await runRag([question, '--docs', 'docs', '--json'], { cwd: folder })
    const { found, indexed, skipped, failed, problems } = JSON.parse(stdout).documents
    expect({ found, indexed, sum: indexed + skipped + failed }).toEqual({ found: 8, indexed: 2, sum: 8 })
    expect(problems).toHaveLength(skipped + failed)
  })

  it('answers from the other paths when one cannot be read, and exits with 2', async () => {
    const folder = await temporaryFolder(answering)
    const { code, stdout, stderr } = await runRag([question, '--docs', 'docs', 'missing'], { cwd: folder })
    expect(stdout).toContain('port 7411')
    expect(stderr).toMatch(/^missing: .+\n$/)
    expect(code).toBe(2)
  })

  it('names at most twenty of a kind', async () => {
    const pictures = Array.from({ length: 25 }, (_, n) => [`docs/${n}.png`, 'x'])
    const folder = await temporaryFolder({ ...answering, ...Object.fromEntries(pictures) })
    const { stderr } = await runRag([question, '--docs', 'docs'], { cwd: folder })
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)).toBe('… and 5 more: unsupported_kind. --json names them all.')
  })

  it('reads a folder with 10,000 files', async () => {
    const folder = await temporaryFolder(answering)
    for (let from = 0; from < 10_000; from += 500) {
      const names = Array.from({ length: 500 }, (_, n) => join(folder, 'docs', `${from + n}.md`))
      await Promise.all(names.map((name) => writeFile(name, 'Nothing much.')))
    }
    const { code, stdout } = await runRag([question, '--docs', 'docs', '--json'], { cwd: folder })
    expect(JSON.parse(stdout).documents).toMatchObject({ found: 10_001, indexed: 10_001, problems: [] })
    expect(code).toBe(0)
  }, 60_000)
})

/** Runs in the process itself: sends it a signal as soon as it listens for one. */
function signalAtStart(name: string): string {
  const code = `process.on('newListener', (event) => event === '${name}' && setImmediate(() => process.kill(process.pid, event)))`
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}

async function runShell(script: string): Promise<CommandResult> {
  const folder = await temporaryFolder({ ...answering, 'docs/picture.png': 'x' })
  return runProcess('sh', ['-c', script, 'sh', process.execPath, ragMain, question], { cwd: folder })
}

describe.runIf(existsSync('/dev/full'))('rag whose output cannot be written', () => {
  it('says so in one line and exits with 70', async () => {
    const { code, stderr } = await runShell('"$1" "$2" "$3" --docs docs/server.md > /dev/full')
    expect(stderr).toMatch(/^rag: the answer cannot be written: ENOSPC.*\n$/)
    expect(code).toBe(70)
  })

  it('answers where only the problems cannot be told', async () => {
    const { code, stdout } = await runShell('"$1" "$2" "$3" --docs docs 2> /dev/full')
    expect(stdout).toContain('port 7411')
    expect(code).toBe(0)
  })

  it('takes a reader that has enough for no fault', async () => {
    const { stdout, stderr } = await runShell(
      '{ "$1" "$2" "$3" --docs docs/server.md; echo "code $?" >&2; } | head -c 1',
    )
    expect({ stdout, stderr }).toEqual({ stdout: 'Q', stderr: 'code 0\n' })
  })
})

describe('rag that is stopped', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('ends on %s with exit code %i and prints nothing', async (name, code) => {
    const folder = await temporaryFolder(answering)
    const settings = { cwd: folder, nodeOptions: [signalAtStart(name)] }
    expect(await runRag([question, '--docs', 'docs'], settings)).toEqual({ code, stdout: '', stderr: '' })
  })
})
