import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

let folder: string
let bad: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'rag-')))
  bad = join(folder, 'bad.json')
  await writeFile(join(folder, 'a.md'), '# Server\n\nThe server listens on port 7411.\n')
  await writeFile(bad, '{"a":')
  await rag('ingest', folder, '--index', index())
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function rag(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await runCommand({
    words,
    stdout: { write: (piece: string) => void (out += piece) },
    stderr: { write: (piece: string) => void (err += piece) },
  })
  return { code, out, err }
}

// Hidden: it is not among what is indexed.
const index = (): string => join(folder, '.docs.db')
const letters = (...words: string[]) => rag('dead-letters', ...words, '--index', index())

describe('rag status', () => {
  it('counts documents, chunks and dead letters', async () => {
    const { code, out } = await rag('status', '--index', index())
    expect(code).toBe(0)
    expect(out).toBe(`Documents     1\nChunks        1\nDead letters  1: 1 malformed\nSources       ${folder}\n`)
  })

  it('tells the same as JSON', async () => {
    expect(JSON.parse((await rag('status', '--index', index(), '--json')).out)).toEqual({
      sources: [folder],
      embedder: null,
      documents: 1,
      pending: 0,
      chunks: 1,
      deadLetters: 1,
      outdated: 0,
      errorClasses: { malformed: 1 },
    })
  })

  it('refuses words', async () => {
    expect(await rag('status', 'all')).toMatchObject({
      code: 2,
      err: expect.stringContaining('rag: rag status takes no "all". See rag status --help.\n'),
    })
  })
})

describe('rag dead-letters', () => {
  it('lists them, one line each', async () => {
    const { code, out } = await letters('list')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^files:${bad}  malformed at parse  ${bad}: [^\\n]*\\n$`))
    expect(await letters('list', '--class', 'ENOSPC')).toEqual({ code: 0, out: 'No dead letters.\n', err: '' })
    expect(JSON.parse((await letters('list', '--json')).out)).toMatchObject({ id: `files:${bad}`, step: 'parse' })
  })

  it('shows one', async () => {
    const { code, out } = await letters('show', `files:${bad}`)
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Letter    files:${bad}\nPath      ${bad}\nFailed    malformed at parse, \\d{4}-`))
    expect(out).toContain('\n\n{"a":\n')
  })

  it('replays them: what is mended is settled', async () => {
    const again = '1 replayed: 0 settled, 1 failed again; 0 left alone, replayed in vain too often\n'
    expect(await letters('replay')).toMatchObject({ code: 1, out: again })
    await writeFile(bad, '{"a": "The client uses port 9000."}')
    expect(await letters('replay', '--class', 'malformed')).toEqual({
      code: 0,
      out: '1 replayed: 1 settled, 0 failed again; 0 left alone, replayed in vain too often\n',
      err: '',
    })
    expect((await rag('ask', 'Which port does the client use?', '--index', index())).out).toContain('9000')
    expect((await rag('ingest', '--index', index())).out).toContain('2 unchanged')
  })

  it('leaves alone what was replayed in vain three times', async () => {
    for (let replay = 0; replay < 3; replay++) await letters('replay')
    expect(await letters('replay')).toMatchObject({
      code: 1,
      out: '0 replayed: 0 settled, 0 failed again; 1 left alone, replayed in vain too often\n',
    })
  })

  it('purges what it is told to', async () => {
    expect(await letters('purge', '--class', 'malformed')).toEqual({ code: 0, out: '1 purged\n', err: '' })
    expect(await letters('purge', '--all')).toEqual({ code: 0, out: '0 purged\n', err: '' })
  })

  it.each([
    [['lst'], 'rag dead-letters takes list, show, replay, purge, got "lst". Did you mean "list"?'],
    [['show'], 'The id of a letter is expected, as in: rag dead-letters show files:/docs/a.json'],
    [['show', 'x'], 'There is no dead letter x. rag dead-letters list shows the ids.'],
    [['list', '--step', 'x'], '--step takes read, parse, chunk, write, remove, got "x".'],
    [['purge'], 'Say which letters: an id, --class, --step or --all.'],
    [['purge', 'x'], 'There is no dead letter x. rag dead-letters list shows the ids.'],
    [['list', 'a', 'b'], 'rag dead-letters list takes no "b". See rag dead-letters list --help.'],
  ])('refuses %j', async (words, message) => {
    expect(await letters(...words)).toEqual({
      code: 2,
      out: '',
      err: `rag: ${message}\nrag --help tells all options.\n`,
    })
  })
})
