import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from './run-command.ts'

// What the command loads late is not to be in the time of the first test.
beforeAll(() => import('./run-forget.ts'))

let folder: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'rag-')))
  await mkdir(join(folder, 'docs/old'), { recursive: true })
  await write('docs/a.md', 'Apples.')
  await write('docs/old/b.md', 'Bananas.')
  await write('docs/old/bad.json', '{"a":')
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text)

async function rag(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await runCommand({
    words: [...words, '--index', join(folder, 'docs.db')],
    stdout: { write: (piece: string) => void (out += piece) },
    stderr: { write: (piece: string) => void (err += piece) },
  })
  return { code, out, err }
}

const status = async () => JSON.parse((await rag('status', '--json')).out)

describe('rag forget', () => {
  it('takes out a source that is gone, its documents and letters, so that the next run is complete', async () => {
    await write('c.md', 'Cherries.')
    await rag('ingest', 'docs', 'c.md')
    await rm(join(folder, 'docs'), { recursive: true })
    const again = await rag('ingest')
    expect([again.code, again.err]).toEqual([
      2,
      `docs: cannot be read: does not exist. Check the path.\nWhat is gone for good is taken out of the index by: rag forget <source> --index ${join(folder, 'docs.db')}\n`,
    ])
    expect(await rag('forget', 'docs')).toEqual({
      code: 0,
      out: '1 forgotten: 2 documents deleted, 0 failed\n',
      err: '',
    })
    expect(await status()).toMatchObject({ sources: [join(folder, 'c.md')], documents: 1, deadLetters: 0 })
    expect(await rag('ingest')).toMatchObject({ code: 0, err: '' })
  })

  it('leaves what another source has, too', async () => {
    await rag('ingest', 'docs', 'docs/old')
    expect(await rag('forget', './docs/', '--json')).toMatchObject({
      code: 0,
      out: expect.stringMatching('"deleted": 1'),
    })
    expect(await status()).toMatchObject({ sources: [join(folder, 'docs/old')], documents: 1, deadLetters: 1 })
  })

  it('refuses a source that the file does not have, and none at all', async () => {
    await rag('ingest', 'docs')
    expect(await rag('forget', 'docs', 'nope')).toMatchObject({
      code: 2,
      err: `rag: The index ${join(folder, 'docs.db')} has no source nope. rag status tells those that it has.\nrag --help tells all options.\n`,
    })
    expect(await status()).toMatchObject({ documents: 2 })
    expect(await rag('forget')).toMatchObject({
      code: 2,
      err: 'rag: A source is expected, as in: rag forget ./docs --index docs.db\nrag --help tells all options.\n',
    })
  })
})
