import { contentHash, createJsonlStore, createMemoryStore, jsonLines, readSteps, verify } from '@empire/record'
import { createManualClock, temporaryDirectory } from '@empire/test-support'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryJournal } from '../create-memory-journal.ts'
import { definePipeline } from '../define-pipeline.ts'
import { createAudit } from './create-audit.ts'
import { listAudit, readAudit } from './read-audit.ts'

const clock = createManualClock({ now: 7 })

describe('createAudit', () => {
  it('writes down who did what when, by the hashes of what went in and out', async () => {
    const store = createMemoryStore()
    const pipeline = definePipeline<{ question: string }>('answer')
      .step('search', { breaker: 'audited', run: () => ['a', 'b'], idempotencyKey: () => 'once' })
      .map('read', {
        needs: ['search'],
        concurrency: 1,
        over: ({ needs }) => needs.search,
        run: ({ item }) => item.toUpperCase(),
      })
    await pipeline.run({ question: 'Which?' }, { runId: 'r', clock, observers: [createAudit({ store, actor: 'ada' })] })
    const audited = await readAudit(store, 'r')
    expect(audited?.run).toEqual({ runId: 'r', pipeline: 'answer', shape: pipeline.shape, at: 7 })
    const who = { actor: 'ada', at: 7 }
    const input = contentHash({ question: 'Which?' })
    const found = contentHash(['a', 'b'])
    const breaker = { name: 'audited', state: 'closed' }
    const end = { attempt: 1, duration: 0 }
    expect(audited?.entries).toEqual([
      { type: 'run-start', ...who, resumed: false },
      { type: 'step-start', ...who, key: 'search', attempt: 1, inputs: { input }, breaker, idempotencyKey: 'once' },
      { type: 'step-end', ...who, key: 'search', ...end, output: found, breaker },
      { type: 'step-start', ...who, key: 'read', attempt: 1, inputs: { input, needs: { search: found } }, size: 2 },
      { type: 'step-start', ...who, key: 'read[0]', step: 'read', attempt: 1, inputs: { item: contentHash('a') } },
      { type: 'step-end', ...who, key: 'read[0]', step: 'read', ...end, output: contentHash('A') },
      { type: 'step-start', ...who, key: 'read[1]', step: 'read', attempt: 1, inputs: { item: contentHash('b') } },
      { type: 'step-end', ...who, key: 'read[1]', step: 'read', ...end, output: contentHash('B') },
      { type: 'step-end', ...who, key: 'read', ...end, output: contentHash(['A', 'B']) },
      { type: 'run-end', ...who, duration: 0, status: 'completed' },
    ])
    expect(await verify(store)).toMatchObject({ ok: true, steps: 10 })
  })

  it('has retries, failures, compensations, and what is left', async () => {
    const store = createMemoryStore()
    const pipeline = definePipeline('order')
      .step('reserve', { run: () => 1, compensate: () => Promise.reject(new Error('closed')) })
      .step('mail', { needs: ['reserve'], run: () => 1, irreversible: true })
      .step('skip', { needs: ['mail'], when: () => false, run: () => 1 })
      .step('charge', {
        needs: ['skip'],
        retry: { attempts: 2, baseDelay: 0 },
        run: () => Promise.reject(new Error('declined')),
        compensate: () => 1,
      })
    await expect(pipeline.run(undefined, { runId: 'r', observers: [createAudit({ store })] })).rejects.toThrow(
      'not all it did',
    )
    const { entries = [] } = (await readAudit(store, 'r')) ?? {}
    expect(entries.map(({ type, key = '' }) => `${type} ${key}`.trim())).toEqual([
      'run-start',
      'step-start reserve',
      'step-end reserve',
      'step-start mail',
      'step-end mail',
      'step-skipped skip',
      'step-start charge',
      'step-retry charge',
      'step-start charge',
      'step-failed charge',
      'rollback-start',
      'compensate-start charge',
      'compensate-end charge',
      'compensate-start reserve',
      'compensate-failed reserve',
      'rollback-end',
      'run-end',
    ])
    const closed = { type: 'error', name: 'Error', message: 'closed' }
    expect(entries[9]).toMatchObject({ attempt: 2, error: { type: 'error', name: 'Error', message: 'declined' } })
    expect(entries[14]).toMatchObject({ attempt: 1, error: closed })
    expect(entries[15]?.notUndone).toEqual([
      { step: 'mail', why: 'irreversible', completed: true },
      { step: 'reserve', why: 'compensation-failed', completed: true, message: 'closed' },
    ])
    expect(entries[16]?.status).toBe('rollback-incomplete')
  })

  it('has what was done before a run was resumed, and who resumed it', async () => {
    const store = createMemoryStore()
    const journal = createMemoryJournal()
    const leaving = new AbortController()
    const pipeline = definePipeline('p')
      .step('a', { run: () => 'A' })
      .step('b', {
        needs: ['a'],
        run: ({ attempt, signal }) => {
          if (attempt === 1) leaving.abort('leaving')
          signal.throwIfAborted()
        },
      })
    const runAs = (actor: string, suspend?: AbortSignal): Promise<unknown> =>
      pipeline.run(undefined, { runId: 'r', journal, suspend, observers: [createAudit({ store, actor })] })
    await expect(runAs('ada', leaving.signal)).rejects.toBe('leaving')
    expect(await listAudit(store)).toMatchObject([{ runId: 'r', pipeline: 'p', status: 'suspended' }])
    await runAs('grace')
    const { entries = [] } = (await readAudit(store, 'r')) ?? {}
    const resumed = entries.filter(({ actor }) => actor === 'grace')
    expect(resumed.map(({ type, key = '' }) => `${type} ${key}`.trim())).toEqual([
      'run-start',
      'step-restored a',
      'step-start b',
      'step-end b',
      'run-end',
    ])
    expect(resumed[1]?.output).toBe(contentHash('A'))
    expect(resumed[2]?.inputs).toEqual({ needs: { a: contentHash('A') } })
    expect(await listAudit(store)).toMatchObject([{ runId: 'r', pipeline: 'p', status: 'completed' }])
  })

  it('tells pipelines inside apart', async () => {
    const store = createMemoryStore()
    const inner = definePipeline<number>('inner')
      .step('a', { run: ({ input }) => input + 1 })
      .step('b', { needs: ['a'], run: () => 1 })
    const pipeline = definePipeline<number>('outer')
      .step('a', { run: ({ input }) => input })
      .use('in', { needs: ['a'], pipeline: inner, input: ({ needs }) => needs.a + 10 })
    await pipeline.run(1, { runId: 'r', observers: [createAudit({ store })] })
    const { entries = [] } = (await readAudit(store, 'r')) ?? {}
    expect(entries.find(({ key, type }) => key === 'in/b' && type === 'step-start')?.inputs).toEqual({
      input: contentHash(11),
      needs: { a: contentHash(12) },
    })
  })

  it('says why a value has no hash, and lets the run go on', async () => {
    const store = createMemoryStore()
    const pipeline = definePipeline<unknown>('p').step('a', { run: () => new Map() })
    await pipeline.run(() => 1, { runId: 'r', observers: [createAudit({ store })] })
    const { entries = [] } = (await readAudit(store, 'r')) ?? {}
    expect(entries[1]?.inputs).toEqual({ input: { unhashed: '"value" must be JSON data, got a function.' } })
    expect(entries[2]?.output).toEqual({
      unhashed: '"value" must be JSON data, got an object of a class without toJSON().',
    })
  })

  it('writes no secret', async () => {
    const secret = 'sk-ant-api03-aZ4kP9xQ7mR2tV8wY1bC6dF3gH5jK0lN'
    const store = createMemoryStore()
    const pipeline = definePipeline<string>('p').step('a', {
      run: () => Promise.reject(new Error(`key ${secret} refused`)),
      compensate: () => Promise.reject(new Error(`Bearer ${secret}`)),
      idempotencyKey: () => secret,
    })
    const audit = createAudit({ store, actor: `ada ${secret}` })
    await expect(pipeline.run(secret, { runId: secret, observers: [audit] })).rejects.toThrow('not all it did')
    let text = ''
    for await (const line of jsonLines(store)) text += line
    expect(text).toContain('[redacted]')
    expect(text).not.toContain(secret)
  })

  it('lets nothing begin that the store does not have', async () => {
    const store = createMemoryStore()
    const log: string[] = []
    const failing = { ...store, append: () => Promise.reject(new Error('disk full')) }
    const run = definePipeline('p')
      .step('a', { run: () => log.push('a') })
      .run(undefined, { observers: [createAudit({ store: failing })] })
    await expect(run).rejects.toThrow('disk full')
    expect(log).toEqual([])
  })

  it('keeps the runs of one store apart, and in one chain', async () => {
    await using directory = temporaryDirectory()
    const store = createJsonlStore({ path: directory.join('audit.jsonl') })
    const pipeline = definePipeline<number>('p').map('m', { over: () => [1, 2, 3], run: async ({ item }) => item })
    const audit = createAudit({ store })
    await Promise.all(['a', 'b', 'c'].map((runId, at) => pipeline.run(at, { runId, observers: [audit] })))
    expect(await listAudit(store)).toMatchObject(['c', 'b', 'a'].map((runId) => ({ runId, status: 'completed' })))
    for (const runId of ['a', 'b', 'c']) expect((await readAudit(store, runId))?.entries).toHaveLength(10)
    expect(await readAudit(store, 'd')).toBeUndefined()
    expect(await verify(store)).toMatchObject({ ok: true, steps: 30 })
    await store.close()
  })

  it('has, for any values, the hash that whoever has the value gets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const store = createMemoryStore()
        await definePipeline('p')
          .step('a', { run: () => value })
          .run(undefined, { runId: 'r', observers: [createAudit({ store })] })
        expect((await readAudit(store, 'r'))?.entries[2]?.output).toBe(contentHash(value))
      }),
      { numRuns: 50 },
    )
  })

  it('leaves other steps in its store alone', async () => {
    const store = createMemoryStore()
    await definePipeline('p').run(undefined, { runId: 'r', observers: [createAudit({ store })] })
    const kinds: string[] = []
    for await (const { kind } of readSteps(store)) kinds.push(kind)
    expect(kinds).toEqual(['pipeline/run-start', 'pipeline/run-end'])
  })

  it.each([
    ['store', { store: {} }, 'createAudit: "store" must be a record store, got an object.'],
    [
      'actor',
      { store: createMemoryStore(), actor: '' },
      'createAudit: "actor" must be a string that is not empty, got a string ("").',
    ],
    [
      'redact',
      { store: createMemoryStore(), redact: 1 },
      'createAudit: "redact" must be a function, got a number (1).',
    ],
    [
      'name',
      { store: createMemoryStore(), actors: 1 },
      'createAudit: "options" has no key "actors". Did you mean "actor"?',
    ],
  ])('refuses an option that is not what it has to be: %s', (_, options, message) => {
    expect(() => createAudit(options as never)).toThrow(new TypeError(message))
  })
})
