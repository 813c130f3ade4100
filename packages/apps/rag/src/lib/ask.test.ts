import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ask } from './ask.ts'
import type { AskOptions } from './ask-options.ts'

const question = 'Which port does the server listen on?'

async function docs(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ask-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

describe('ask', () => {
  it('gives the answer as plain data', async () => {
    const folder = await docs({ 'a.md': '# Server\n\nThe server listens on port 7411.\n' })
    const answer = await ask({ question, paths: [folder] })
    expect(answer).toMatchObject({ answered: true, citations: [{ number: 1, path: `${folder}/a.md`, line: 3 }] })
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
  })

  it('leaves out passages that the budget cannot hold', async () => {
    const folder = await docs({ 'a.md': 'The server listens on port 7411.', 'b.md': 'A port is a number. '.repeat(60) })
    const { passages, context } = await ask({ question, paths: [folder], budget: 130 })
    expect(passages.map(({ path }) => path)).toEqual([`${folder}/a.md`])
    expect(context.tokens).toBeLessThanOrEqual(130)
  })

  it('cites the line of the file inside a paragraph of HTML', async () => {
    const folder = await docs({ 'a.html': '<h1>S</h1>\n<p>\n  Cats sleep.\n  Dogs bark.\n  The port is 7411.\n</p>\n' })
    const { citations } = await ask({ question: 'What is the port?', paths: [folder] })
    expect(citations).toEqual([{ number: 1, path: `${folder}/a.html`, line: 5 }])
  })

  it('tells of its progress', async () => {
    const folder = await docs({ 'a.md': 'One.', 'b.md': 'Two.' })
    const told: unknown[] = []
    await ask({ question, paths: [folder], onProgress: (counts) => told.push(counts) })
    expect(told).toEqual([
      { files: 1, chunks: 1 },
      { files: 2, chunks: 2 },
    ])
  })

  it('rejects when the listener for progress throws', async () => {
    const folder = await docs({ 'a.md': 'One.' })
    const fault = new Error('no terminal')
    const onProgress = () => {
      throw fault
    }
    await expect(ask({ question, paths: [folder], onProgress })).rejects.toMatchObject({ cause: fault })
  })

  it('stops with the reason of its signal', async () => {
    const folder = await docs({ 'a.md': 'One.', 'b.md': 'Two.' })
    const stop = new AbortController()
    const reason = new Error('enough')
    const onProgress = () => stop.abort(reason)
    await expect(ask({ question, paths: [folder], signal: stop.signal, onProgress })).rejects.toBe(reason)
  })

  it.each([
    [{ question: ' ' }, 'ask: "question" must be a question, got a string (" ").'],
    [{ paths: [] }, 'ask: "paths" must be an array of at least one path, got an empty array.'],
    [{ top: 0 }, 'ask: "top" must be a whole number from 1, got a number (0).'],
    [{ budget: Number.NaN }, 'ask: "budget" must be a whole number from 1, got a number (NaN).'],
    [{ record: '' }, 'ask: "record" must be a folder, got a string ("").'],
    [{ record: 'a', replay: 'b' }, 'ask: give "record" or "replay", not both.'],
    [
      { model: '__proto__' },
      'ask: "model" must be a model or one of llm-extractive, claude:<name>, gemini:<name> and openai:<name>, the last three also with @<base URL>, got a string ("__proto__").',
    ],
  ])('refuses %j before it reads a file', async (options, message) => {
    await expect(ask({ question, paths: ['missing'], ...options } as AskOptions)).rejects.toThrow(
      new TypeError(message),
    )
  })

  it('says that the current folder is gone', async () => {
    const before = process.cwd()
    const folder = join(await docs({}), 'gone')
    await mkdir(folder)
    process.chdir(folder)
    await rm(folder, { recursive: true })
    try {
      await expect(ask({ question })).rejects.toMatchObject({
        code: 'usage',
        message: 'The current folder does not exist any more. Change to one that does.',
      })
    } finally {
      process.chdir(before)
    }
  })
})
