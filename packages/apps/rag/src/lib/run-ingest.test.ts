import { mkdir, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from './run-command.ts'

const question = 'Which port does the server listen on?'

// What the command loads late is not to be in the time of the first test.
beforeAll(() => import('./run-ingest.ts'))

let folder: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'rag-')))
  await mkdir(join(folder, 'docs'))
  await write('docs/a.md', '# Server\n\nThe server listens on port 7411.\n')
  await write('docs/b.md', '# Cats\n\nCats sleep.\n')
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text)

async function rag(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await runCommand({
    words,
    stdout: { write: (piece: string) => void (out += piece) },
    stderr: { write: (piece: string) => void (err += piece) },
  })
  return { code, out, err }
}

const index = (): string => join(folder, 'docs.db')
const ingest = (...words: string[]) => rag('ingest', ...words, '--index', index())

const counts = (text: string) => ({ code: 0, out: `${text}\n`, err: '' })

describe('rag ingest', () => {
  it('reads what is new or changed, and takes out what is gone', async () => {
    expect(await ingest('docs')).toEqual(
      counts('2 found: 2 indexed, 0 unchanged, 0 deleted, 0 skipped, 0 failed; 2 chunks written'),
    )
    await write('docs/a.md', '# Server\n\nThe server listens on port 9000, as of now.\n')
    await rm(join(folder, 'docs/b.md'))
    await write('docs/c.md', 'Dogs bark.')
    expect(await ingest('docs')).toEqual(
      counts('3 found: 2 indexed, 0 unchanged, 1 deleted, 0 skipped, 0 failed; 2 chunks written'),
    )
  })

  it('reads all sources again that the file knows, from whatever folder', async () => {
    await ingest('docs/a.md')
    await ingest('docs/*.md')
    vi.spyOn(process, 'cwd').mockReturnValue(tmpdir())
    expect(await ingest()).toEqual(
      counts('2 found: 0 indexed, 2 unchanged, 0 deleted, 0 skipped, 0 failed; 0 chunks written'),
    )
  })

  it('keeps all in one file that only its owner may read', async () => {
    await ingest('docs')
    expect((await stat(index())).mode & 0o077).toBe(0)
    await expect(stat(`${index()}-wal`)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('names what fails, and indexes the rest', async () => {
    await write('docs/bad.json', '{"a":')
    const { code, out, err } = await ingest('docs', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ found: 3, indexed: 2, deadLettered: 1 })
    expect(err).toMatch(/^docs\/bad\.json: [^\n]*\n$/)
  })

  it('forgets a path that was mistyped', async () => {
    const { code, err } = await ingest('docs', 'nope')
    expect([code, err]).toEqual([2, `nope: cannot be read: does not exist. Check the path.\n`])
    expect(await ingest()).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse((await rag('ask', question, '--index', index(), '--json')).out)).toMatchObject({
      documents: { found: 2, indexed: 2, failed: 0 },
    })
  })

  it.each([
    [['docs'], 'An index file is expected, as in: --index docs.db'],
    [['docs', '--index'], '--index needs a value, as in: --index docs.db'],
    [
      ['docs', '--indx=a'],
      'There is no option --indx. The options are --index, --json, --help, --embedder, --query, --records, --next, --id.',
    ],
  ])('refuses %j', async (words, message) => {
    expect(await rag('ingest', ...words)).toEqual({
      code: 2,
      out: '',
      err: `rag: ${message}\nrag --help tells all options.\n`,
    })
  })

  it('refuses a file that is no index', async () => {
    const { code, err } = await rag('ingest', 'docs', '--index', join(folder, 'docs/a.md'))
    expect(code).toBe(2)
    expect(err).toMatch(/^rag: Expected "[^"]*a\.md" to be a sound SQLite database, but: [^\n]*\n$/)
    const other = await rag('ingest', 'docs', '--index', join(folder, 'docs'))
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^rag: The index [^\n]*docs cannot be opened: /),
    })
  })

  it('stops with the reason of its signal, and is completed by the next', async () => {
    const stop = AbortSignal.abort('enough')
    const terminal = { stdout: { write() {} }, stderr: { write() {} }, signal: stop }
    await expect(runCommand({ words: ['ingest', 'docs', '--index', index()], ...terminal })).rejects.toBe('enough')
    expect(await ingest('docs')).toMatchObject({ code: 0 })
  })
})

describe('rag ask', () => {
  it('answers from the index file, with paths from the current folder', async () => {
    await ingest('docs')
    await rm(join(folder, 'docs'), { recursive: true })
    const { code, out, err } = await rag('ask', question, '--index', index())
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('The server listens on port 7411. [1]\n\nCitations\n  [1] docs/a.md:3\n')
    expect(out).toContain('Documents  2 found: 2 indexed, 0 skipped, 0 failed; 2 chunks\n')
  })

  it('gives the citations that reading the files gives', async () => {
    await ingest('docs')
    const read = JSON.parse((await rag(question, '--docs', 'docs', '--json')).out)
    const asked = JSON.parse((await rag(question, '--index', index(), '--json')).out)
    expect([asked.answer, asked.citations]).toEqual([read.answer, read.citations])
  })

  it('takes the index file of the settings', async () => {
    await ingest('docs')
    vi.stubEnv('EMPIRE_CONFIG_RAG__INDEX', index())
    expect(await rag('ask', question)).toMatchObject({ code: 0 })
  })

  it('says that there is no index', async () => {
    expect(await rag('ask', question, '--index', 'no.db')).toEqual({
      code: 2,
      out: '',
      err: 'rag: There is no index no.db. Make it with: rag ingest ./docs --index no.db\nrag --help tells all options.\n',
    })
  })
})

describe('rag <command> --help', () => {
  it.each(['ingest', 'ask', 'chat', 'status', 'forget', 'dead-letters'])('explains %s', async (command) => {
    const { code, out } = await rag(command, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Usage\\n  rag ${command} `, 'm'))
  })
})
