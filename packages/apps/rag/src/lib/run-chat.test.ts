import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { createFakeOpenai } from '@empire/test-support/fake-openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rag-'))
  await writeFile(join(folder, 'a.md'), '# Server\n\nThe server listens on port 7411.\n')
  await rag(['ingest', folder, '--index', index()], [])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const index = (): string => join(folder, '.docs.db')

/** Types lines, each once the one before is answered. */
async function rag(
  words: readonly string[],
  typed: readonly string[],
  onPiece: (piece: string, lines: Interface) => void = () => {},
): Promise<{ code: number; out: string; err: string }> {
  const input = new PassThrough()
  let lines: Interface | undefined
  for (const line of typed) input.write(`${line}\n`)
  input.end()
  let [out, err] = ['', '']
  const code = await runCommand({
    words,
    openLines: () => (lines = createInterface({ input, prompt: '' })),
    stdout: {
      write(piece: string) {
        out += piece
        if (lines !== undefined) onPiece(piece, lines)
      },
    },
    stderr: { write: (piece: string) => void (err += piece) },
  })
  return { code, out, err }
}

const chat = (model: string, ...more: string[]): string[] => ['chat', '--index', index(), '--model', model, ...more]

describe('rag chat', () => {
  it('answers line by line, without a model', async () => {
    const { code, out, err } = await rag(chat('llm-extractive'), ['Which port does the server listen on?', '', 'Cats?'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('The server listens on port 7411. [1]\n  [1] ')
    expect(out.trim().split('\n').at(-1)).not.toContain('7411')
  })

  it('sends what was said before, and numbers passages through', async () => {
    await using openai = await createFakeOpenai([{ text: 'Port 7411 [1].' }, { text: 'It is the server [2].' }])
    const typed = ['Which port does the server listen on?', 'What listens on port 7411?']
    const { code, out } = await rag(chat(`openai:m@${openai.url}`), typed)
    expect(code).toBe(0)
    expect(out).toMatch(/^Port 7411 \[1\]\.\n  \[1\] [^\n]*a\.md:1\nIt is the server \[2\]\.\n  \[2\] [^\n]*a\.md:1\n$/)
    const sent = JSON.stringify(openai.requests[1])
    expect(sent).toContain('Which port does the server listen on?')
    expect(sent).toContain('Port 7411 [1].')
  })

  it('holds the conversation under the budget', async () => {
    const long = 'Many words are said. '.repeat(60)
    const turns = Array.from({ length: 6 }, (_, turn) => ({ text: `Answer ${turn}. ${long}` }))
    await using openai = await createFakeOpenai(turns)
    const typed = turns.map((_turn, number) => `What listens on port 7411, number ${number}?`)
    const { code, err } = await rag(chat(`openai:m@${openai.url}`, '--budget', '900'), typed)
    expect([code, err]).toEqual([0, ''])
    const last = JSON.stringify(openai.requests.at(-1))
    expect(last).toContain('Answer 4.')
    expect(last).not.toContain('Answer 0.')
    expect(last.length).toBeLessThan(6000)
  })

  it('explains in one line why a model does not answer, and goes on', async () => {
    await using openai = await createFakeOpenai([{ fault: { type: 'status', status: 401 } }, { text: 'Yes [2].' }])
    const { code, out, err } = await rag(chat(`openai:m@${openai.url}`), ['Which port?', 'Which port?'])
    expect(code).toBe(0)
    expect(err).toMatch(/^\nrag: [^\n]*status 401[^\n]*\n$/)
    expect(out).toContain('Yes [2].')
  })

  it('Ctrl-C stops the answer, and the next question is answered', async () => {
    await using openai = await createFakeOpenai([{ text: 'One two three four.' }, { text: 'Five.' }])
    let stopped = false
    const { code, out, err } = await rag(chat(`openai:m@${openai.url}`), ['Which port?', 'Which port?'], (_, lines) => {
      if (!stopped) lines.emit('SIGINT')
      stopped = true
    })
    expect([code, err]).toEqual([0, '\nStopped.\n'])
    expect(out).toContain('Five.')
    expect(JSON.stringify(openai.requests[1])).not.toContain('One')
  })

  it('Ctrl-C twice ends the conversation', async () => {
    await using openai = await createFakeOpenai([{ text: 'One two three four.' }, { text: 'Five.' }])
    const { code, out } = await rag(chat(`openai:m@${openai.url}`), ['Which port?'], (_, lines) => {
      lines.emit('SIGINT')
      lines.emit('SIGINT')
    })
    expect(code).toBe(0)
    expect(out).not.toContain('four')
  })

  it.each([
    [['chat', 'words'], 'rag chat takes no "words". See rag chat --help.'],
    [['chat', '--model', 'x:y'], 'There is no model "x:y". The models are '],
    [['chat', '--top', '0'], '--top takes a whole number from 1, got "0".'],
  ])('refuses %j', async (words, message) => {
    const { code, err } = await rag(words, [])
    expect(code).toBe(2)
    expect(err).toContain(`rag: ${message}`)
  })
})
