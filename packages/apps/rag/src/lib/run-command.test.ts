import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeClaude } from '@empire/test-support/fake-claude'
import { createFakeGemini } from '@empire/test-support/fake-gemini'
import { createFakeOpenai } from '@empire/test-support/fake-openai'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from './run-command.ts'

const question = 'Which port does the server listen on?'
const text = 'It listens on port 7411 [1]. It was 8080 [7].'
const usage = { input: 1000, output: 200 }
const key = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD'

interface Printed {
  readonly code: number
  readonly out: string
  readonly err: string
  /** What was written to standard output, piece by piece. */
  readonly pieces: readonly string[]
}

// What the command loads late is not to be in the time of the first test.
beforeAll(() => import('./run-question.ts'))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rag-'))
  await writeFile(join(folder, 'a.md'), '# Server\n\nThe server listens on port 7411.\n')
  for (const name of [
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_BASE_URL',
    'GEMINI_API_KEY',
    'GOOGLE_API_KEY',
    'GOOGLE_GEMINI_BASE_URL',
    'OPENAI_API_KEY',
    'OPENAI_BASE_URL',
  ]) {
    vi.stubEnv(name, undefined)
  }
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** Without the times. */
function answerOf({ out }: Printed): string {
  return out.replace(/^Steps .*$/m, '')
}

async function rag(...words: string[]): Promise<Printed> {
  const pieces: string[] = []
  const errors: string[] = []
  const code = await runCommand({
    words,
    stdout: { write: (piece: string) => pieces.push(piece) },
    stderr: { write: (piece: string) => errors.push(piece) },
  })
  return { code, out: pieces.join(''), err: errors.join(''), pieces }
}

const asked = (): string[] => [question, '--docs', join(folder, 'a.md')]

describe('rag --model', () => {
  it.each([
    ['claude:claude-x', 'ANTHROPIC_API_KEY'],
    ['gemini:gemini-x', 'GEMINI_API_KEY or GOOGLE_API_KEY'],
    ['openai:gpt-x', 'OPENAI_API_KEY'],
  ])('%s explains in one line that its key is missing', async (model, variables) => {
    expect(await rag(...asked(), '--model', model)).toEqual({
      code: 2,
      out: '',
      err: `rag: The model ${model} needs a key. Set ${variables} to one.\n`,
      pieces: [],
    })
  })

  it('claude:<name> streams, marks citations of nothing, prints tokens and cost', async () => {
    await using claude = await createFakeClaude([{ text, usage }], { apiKey: key })
    vi.stubEnv('ANTHROPIC_API_KEY', key)
    vi.stubEnv('ANTHROPIC_BASE_URL', claude.url)
    const { code, out, err, pieces } = await rag(...asked(), '--model', 'claude:claude-sonnet-4-5')
    expect([code, err]).toEqual([0, ''])
    expect(pieces.slice(0, 3)).toEqual(['It ', 'listens ', 'on '])
    expect(out).toMatch(
      new RegExp(
        `^It listens on port 7411 \\[1\\]\\. It was 8080 \\[7\\]\\.\n\nCitations\n  \\[1\\] .*a\\.md:\\d+\n  \\[7\\] names no passage\n`,
      ),
    )
    expect(out).toContain('Model      claude:claude-sonnet-4-5: 1,000 tokens in, 200 out, $0.006000\n')
  })

  it('gemini:<name> answers', async () => {
    await using gemini = await createFakeGemini([{ text, usage }], { apiKey: key })
    vi.stubEnv('GOOGLE_API_KEY', key)
    vi.stubEnv('GOOGLE_GEMINI_BASE_URL', gemini.url)
    const { code, out, err } = await rag(...asked(), '--model', 'gemini:gemini-2.5-flash')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Model      gemini:gemini-2.5-flash: 1,000 tokens in, 200 out, $0.000800\n')
  })

  it('openai:<name>@<base URL> answers without a key, and knows no price for another server', async () => {
    await using openai = await createFakeOpenai([{ text, usage }])
    const { code, out } = await rag(...asked(), '--model', `openai:llama@${openai.url}/v1`)
    expect(code).toBe(0)
    expect(out).toContain(`Model      openai:llama@${openai.url}/v1: 1,000 tokens in, 200 out, cost unknown\n`)
    expect(openai.requests[0]?.path).toBe('/v1/chat/completions')
  })

  it('openai:<name> takes its key and address from the environment', async () => {
    await using openai = await createFakeOpenai([{ text, usage }], { apiKey: key })
    vi.stubEnv('OPENAI_API_KEY', key)
    vi.stubEnv('OPENAI_BASE_URL', `${openai.url}/v1`)
    const { code, out } = await rag(...asked(), '--model', 'openai:gpt-4o', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      answer: text,
      answered: true,
      citations: [{ number: 1 }],
      unknownCitations: [7],
      usage: { input: 1000, output: 200 },
      cost: 4_500_000,
      model: 'openai:gpt-4o',
    })
  })

  it('tries again what may succeed', async () => {
    await using openai = await createFakeOpenai([{ fault: { type: 'status', status: 503 } }, { text }])
    expect(await rag(...asked(), '--model', `openai:m@${openai.url}`)).toMatchObject({ code: 0, err: '' })
  })

  it('explains in one line why a model does not answer, and shows no key', async () => {
    const message = `Incorrect API key provided: ${key}.`
    await using openai = await createFakeOpenai([{ fault: { type: 'status', status: 401, message } }])
    vi.stubEnv('OPENAI_API_KEY', key)
    const { code, out, err } = await rag(...asked(), '--model', `openai:m@${openai.url}`)
    expect([code, out]).toEqual([69, ''])
    expect(err).toMatch(
      /^rag: 127\.0\.0\.1:\d+ refused the call with status 401: [^\n]*Check the key and what it may do\.\n$/,
    )
    expect(err).not.toContain(key)
  })

  it('keeps what has come of an answer that breaks off', async () => {
    await using openai = await createFakeOpenai([{ text, fault: { type: 'socket-cut', at: 'middle' } }])
    const { code, out, err } = await rag(...asked(), '--model', `openai:m@${openai.url}`)
    expect(code).toBe(69)
    expect(out).toMatch(/^It listens on [^\n]*\n$/)
    expect(err).toMatch(/^rag: The connection to [^\n]*\n$/)
  })
})

describe('rag --record and --replay', () => {
  it('replay without key, network or question what was recorded', async () => {
    const record = join(folder, 'run')
    const openai = await createFakeOpenai([{ text, usage }], { apiKey: key })
    vi.stubEnv('OPENAI_API_KEY', key)
    const model = `openai:m@${openai.url}`
    const first = await rag(...asked(), '--model', model, '--record', record)
    await openai.close()
    vi.stubEnv('OPENAI_API_KEY', undefined)
    const second = await rag('--replay', record)
    expect(answerOf(second)).toBe(answerOf(first))
    expect(second).toMatchObject({ code: 0, err: '' })
    expect(second.pieces.slice(0, 2)).toEqual(['It ', 'listens '])
    const steps = (await readFile(join(record, 'run.jsonl'), 'utf8')).trim().split('\n')
    expect(steps).toHaveLength(5)
    for (const file of ['run.jsonl', 'cassette.jsonl']) {
      expect(await readFile(join(record, file), 'utf8')).not.toContain(key)
    }
  })

  it('says where the question is another one than was recorded', async () => {
    const record = join(folder, 'run')
    await using openai = await createFakeOpenai()
    await rag(...asked(), '--model', `openai:m@${openai.url}`, '--record', record)
    const { code, err } = await rag('Which host?', '--replay', record)
    expect(code).toBe(2)
    expect(err).toMatch(/^rag: Expected a request of the cassette, got one to m, which differs [^\n]*\n$/)
  })

  it('refuse a folder that cannot be made, and a record that was changed', async () => {
    const record = join(folder, 'a.md')
    expect(await rag(...asked(), '--record', record)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^rag: The folder .*a\.md for the record cannot be made: EEXIST[^\n]*\n/),
    })
    const changed = join(folder, 'changed')
    await using openai = await createFakeOpenai([{ text }])
    await rag(...asked(), '--model', `openai:m@${openai.url}`, '--record', changed)
    const cassette = join(changed, 'cassette.jsonl')
    await writeFile(cassette, (await readFile(cassette, 'utf8')).replace('8080', '8081'))
    expect(await rag('--replay', changed)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^rag: Expected a record as it was written, but at line 1 [^\n]*\n$/),
    })
  })

  it('keep no secret of the question, the documents or the answer', async () => {
    const record = join(folder, 'run')
    await writeFile(join(folder, 'a.md'), `The server listens on port 7411 with the key ${key}.`)
    await using openai = await createFakeOpenai([{ text: `On 7411, with ${key} [1].` }])
    const model = ['--model', `openai:m@${openai.url}`]
    const words = [`Which port does the server listen on with ${key}?`, '--docs', join(folder, 'a.md')]
    expect((await rag(...words, ...model, '--record', record)).code).toBe(0)
    for (const file of ['run.jsonl', 'cassette.jsonl']) {
      expect(await readFile(join(record, file), 'utf8')).not.toContain(key)
    }
    expect((await rag('--replay', record)).code).toBe(0)
  })

  it('refuse a folder that holds another record, or none', async () => {
    const record = join(folder, 'run')
    expect((await rag(...asked(), '--record', record)).code).toBe(0)
    expect(await rag(...asked(), '--record', record)).toMatchObject({
      code: 2,
      err: `rag: There is a record in ${record} already. Give --record another folder.\nrag --help tells all options.\n`,
    })
    expect(await rag('--replay', folder)).toMatchObject({
      code: 2,
      err: `rag: There is no record to replay in ${folder}.\nrag --help tells all options.\n`,
    })
    expect((await rag('--replay', record)).code).toBe(0)
  })
})

describe('rag', () => {
  it.each([
    ['ingst', 'ingest'],
    ['Ingest', 'ingest'],
    ['stats', 'status'],
    ['dead-letter', 'dead-letters'],
  ])('refuses "%s", which is no question', async (word, meant) => {
    expect(await rag(word, '--index', 'docs.db')).toMatchObject({
      code: 2,
      out: '',
      err: `rag: rag has no command "${word}". Did you mean "${meant}"? A question that begins so goes behind "--".\nrag --help tells all options.\n`,
    })
  })

  it.each([[['what', 'colour']], [['ingst is what?']], [['--', 'ingst']]])('takes %j for a question', async (words) => {
    expect(await rag(...words, '--docs', folder)).toMatchObject({ code: 1, err: '' })
  })

  it('helps with "help", and tells its version', async () => {
    const { out } = await rag('--help')
    expect(await rag('help')).toMatchObject({ code: 0, out })
    expect(await rag('help', 'status')).toMatchObject({ code: 0, out: (await rag('status', '--help')).out })
    expect(await rag('help', 'me')).toMatchObject({
      code: 2,
      err: 'rag: rag help takes ingest, ask, chat, status, forget, dead-letters, got "me".\nrag --help tells all options.\n',
    })
    expect((await rag('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
