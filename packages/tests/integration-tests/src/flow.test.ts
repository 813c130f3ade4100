import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DeadLetter,
  fileSource,
  ingest,
  type IngestOptions,
  type IngestReport,
  replayDeadLetters,
  type Sink,
} from '@empire/ingest'
import { withTimeout } from '@empire/llm'
import { createGemini } from '@empire/llm-gemini'
import { createMemoryJournal } from '@empire/pipeline'
import { createManualClock, type GeminiStep } from '@empire/test-support'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAnswerPipeline } from './flow/answer-pipeline.ts'
import { houses, questionAbout } from './flow/houses.ts'
import { type KnowledgeBase, openKnowledgeBase } from './flow/knowledge-base.ts'
import { quotingGemini, textsOf } from './flow/quoting-gemini.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Twelve documents, not ingested yet, and all that answers questions about them. */
async function open(engine: 'sqlite' | 'memory', fault?: (request: number) => GeminiStep['fault']) {
  const docs = await temporaryFolder(houses(12))
  const answers = await temporaryFolder({})
  const base = await openKnowledgeBase(join(await temporaryFolder({}), 'base.db'), { engine })
  onTestFinished(() => base.close())
  const server = await quotingGemini(fault)
  const { index, sink, state, deadLetters } = base
  const source = fileSource(['.'], { cwd: docs })
  const settings = { source, sink, state, deadLetters, retry: { baseDelay: 1 } }
  const clock = createManualClock()
  const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'test-key', baseUrl: server.url })
  const pipeline = createAnswerPipeline({ index, model: withTimeout(gemini, { whole: 1000, clock }), folder: answers })
  return {
    base,
    docs,
    server,
    clock,
    settings,
    update: (changed: Partial<IngestOptions> = {}): Promise<IngestReport> => ingest({ ...settings, ...changed }),
    pipeline,
    ask: (house: number) => pipeline.run({ question: questionAbout(house) }, { runId: `house${house}` }),
    published: () => readdir(answers),
    read: (runId: string) => readFile(join(answers, runId), 'utf8'),
  }
}

async function lettersOf({ deadLetters }: KnowledgeBase): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = []
  for await (const letter of deadLetters.list()) letters.push(letter)
  return letters
}

describe.each(['sqlite', 'memory'] as const)('ingestion, search in %s, pipeline and Gemini', (engine) => {
  it('answer from what was ingested', async () => {
    const { update, ask, server, read } = await open(engine)
    expect(await update()).toMatchObject({ found: 12, indexed: 12, problems: [] })
    const { outputs } = await ask(7)
    expect(outputs.answer).toBe('At house7 grows tree7.')
    expect(textsOf(server.requests[0]!)[0]).toContain('house7.md: ')
    expect(textsOf(server.requests[0]!).at(-1)).toBe('What grows at house7?')
    expect(await read('house7')).toBe('At house7 grows tree7.')
  })

  it('answer from what has changed', async () => {
    const { update, ask, docs } = await open(engine)
    await update()
    await writeFile(join(docs, 'house7.md'), '# House 7\n\nSince the storm, nothing grows at house7.\n')
    expect(await update()).toMatchObject({ found: 12, indexed: 1, unchanged: 11 })
    expect((await ask(7)).outputs.answer).toBe('Since the storm, nothing grows at house7.')
  })

  it('ask the model once for a run that is in the journal', async () => {
    const { update, pipeline, server } = await open(engine)
    await update()
    const options = { journal: createMemoryJournal(), runId: 'once' }
    const first = await pipeline.run({ question: questionAbout(3) }, options)
    expect(await pipeline.run({ question: questionAbout(3) }, options)).toEqual(first)
    expect(server.requests).toHaveLength(1)
  })

  it('make up for a sink that refuses every third document', async () => {
    const { base, settings, update, ask } = await open(engine)
    let writes = 0
    const refusing: Sink = {
      ...base.sink,
      write(document, chunks, options) {
        if (++writes % 3 === 0) throw Object.assign(new Error('the index is read-only'), { code: 'EROFS' })
        return base.sink.write(document, chunks, options)
      },
    }
    const report = await update({ sink: refusing, retry: { attempts: 1 } })
    expect(report).toMatchObject({ found: 12, indexed: 8, deadLettered: 4 })
    expect((await base.index.statistics()).documents).toBe(8)
    const replayed = await replayDeadLetters({ ...settings, filter: { errorClass: 'EROFS' } })
    expect(replayed).toMatchObject({ found: 4, indexed: 4, deadLettered: 0, exhausted: 0 })
    expect(await lettersOf(base)).toEqual([])
    for (let house = 0; house < 12; house++) {
      expect((await ask(house)).outputs.answer).toBe(`At house${house} grows tree${house}.`)
    }
  })

  it('answer from the rest while there are poisoned files, and from these when they are mended', async () => {
    const { base, docs, update, ask } = await open(engine)
    await writeFile(join(docs, 'house12.md'), new Uint8Array([0x23, 0x20, 0x00, 0x01, 0x02]))
    await writeFile(join(docs, 'house13.json'), '{"tree": ')
    expect(await update()).toMatchObject({ found: 14, indexed: 12, deadLettered: 2, problems: [{}, {}] })
    const letters = await lettersOf(base)
    expect(letters.map(({ id, step }) => [id, step])).toEqual([
      ['files:house12.md', 'parse'],
      ['files:house13.json', 'parse'],
    ])
    expect((await ask(4)).outputs.answer).toBe('At house4 grows tree4.')

    await writeFile(join(docs, 'house12.md'), '# House 12\n\nAt house12 grows tree12.\n')
    expect(await update()).toMatchObject({ found: 14, indexed: 1, unchanged: 12, deadLettered: 1 })
    expect(await lettersOf(base)).toMatchObject([{ id: 'files:house13.json' }])
    expect((await ask(12)).outputs.answer).toBe('At house12 grows tree12.')
  })
})

describe('a pipeline over a Gemini server', () => {
  it.each([
    ['that limits the rate', { type: 'status', status: 429, retryAfter: 0 }],
    ['that is overloaded', { type: 'status', status: 503 }],
    ['that breaks down within a stream', { type: 'stream-error' }],
    ['that cuts the connection before the answer', { type: 'socket-cut', at: 'headers' }],
    ['that cuts the connection in the answer', { type: 'socket-cut', at: 'middle' }],
  ] as const)('%s asks again, and publishes once', async (_, fault) => {
    const { update, ask, server, published, read } = await open('sqlite', (request) =>
      request < 2 ? fault : undefined,
    )
    await update()
    expect((await ask(5)).outputs.answer).toBe('At house5 grows tree5.')
    expect(server.requests).toHaveLength(3)
    expect(await published()).toEqual(['house5', 'log'])
    expect(await read('log')).toBe('house5\n')
  })

  it.each([
    ['falls silent', { type: 'stall', at: 'first' }, 0],
    ['never comes to an end', { type: 'endless-stream' }, 200],
  ] as const)('that %s asks again when the time is over', async (_, fault, frames) => {
    const { update, ask, server, clock } = await open('sqlite', (request) => (request === 0 ? fault : undefined))
    await update()
    const asking = ask(5)
    await server.whenReceived(1)
    await server.whenSent(frames)
    await clock.advance(1000)
    expect((await asking).outputs.answer).toBe('At house5 grows tree5.')
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['client-left', 'finished'])
  })

  it.each([
    ['refuses the request', { type: 'status', status: 400 }, 'invalid_request', 1],
    ['knows no such key', { type: 'status', status: 401 }, 'authentication', 1],
    ['writes what is no JSON', { type: 'malformed-frame' }, 'invalid_response', 1],
    ['stays overloaded', { type: 'status', status: 503 }, 'overloaded', 3],
  ] as const)('that %s fails, and leaves no ticket', async (_, fault, code, requests) => {
    const { update, ask, server, published } = await open('sqlite', () => fault)
    await update()
    await expect(ask(5)).rejects.toMatchObject({
      code: 'step_failed',
      details: { step: 'answer', notStarted: ['publish'] },
      cause: { code },
    })
    expect(server.requests).toHaveLength(requests)
    expect(await published()).toEqual([])
  })

  it('is stopped in the middle of an answer, and leaves neither ticket nor connection', async () => {
    const { update, pipeline, server, published } = await open('sqlite', () => ({ type: 'stall' }))
    await update()
    const leaving = new AbortController()
    const asking = pipeline.run({ question: questionAbout(5) }, { signal: leaving.signal })
    await server.whenSent(1)
    leaving.abort('the user has left')
    await expect(asking).rejects.toBe('the user has left')
    await server.whenIdle()
    expect(await published()).toEqual([])
  })

  it('asks nothing when the search fails', async () => {
    const { base, update, ask, server, published } = await open('sqlite')
    await update()
    await base.index.close()
    await expect(ask(5)).rejects.toMatchObject({ code: 'step_failed', details: { step: 'passages' } })
    expect(server.requests).toEqual([])
    expect(await published()).toEqual([])
  })
})
