import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createMemoryJournal } from './create-memory-journal.ts'
import { definePipeline } from './define-pipeline.ts'
import type { Journal } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { PipelineEvent } from './pipeline-event.ts'
import { resume } from './resume.ts'

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

function boom(): never {
  throw new Error('boom')
}

/** A journal that fails from its append number `at` on, counted from 0. */
function failingAt(journal: Journal, at: number): Journal {
  return {
    ...journal,
    async open(run) {
      const session = await journal.open(run)
      let appends = 0
      return {
        ...session,
        append: (entry: JournalEntry) =>
          appends++ >= at ? Promise.reject(new Error('disk full')) : session.append(entry),
      }
    },
  }
}

async function typesOf(journal: Journal, runId = 'r'): Promise<string[]> {
  const stored = await journal.read(runId)
  return stored?.entries.map((entry) => ('key' in entry ? `${entry.type} ${entry.key}` : entry.type)) ?? []
}

describe('a journal', () => {
  it('has each attempt before the work, and each end before what follows', async () => {
    const journal = createMemoryJournal()
    const seen: unknown[] = []
    await definePipeline<number>('p')
      .step('a', { run: async () => void seen.push(await typesOf(journal)) })
      .step('b', { needs: ['a'], run: async () => void seen.push(await typesOf(journal)) })
      .run(7, { journal, runId: 'r', clock: { now: () => 5, sleep: () => Promise.resolve() } })
    expect(seen).toEqual([['step-start a'], ['step-start a', 'step-end a', 'step-start b']])
    expect(await journal.read('r')).toMatchObject({
      run: { runId: 'r', pipeline: 'p', input: 7, at: 5, fingerprint: expect.stringMatching(/^sha256:/) },
      entries: [{ at: 5 }, {}, {}, {}, { type: 'run-end', status: 'completed' }],
    })
  })

  it('has why a run stopped, before anything is undone', async () => {
    const journal = createMemoryJournal()
    const pipeline = definePipeline('p')
      .step('a', { run: () => 1, compensate: () => 1 })
      .step('b', { needs: ['a'], run: boom })
    await expect(pipeline.run(undefined, { journal, runId: 'r' })).rejects.toThrow('boom')
    expect(await typesOf(journal)).toEqual([
      'step-start a',
      'step-end a',
      'step-start b',
      'step-failed b',
      'rollback-start b',
      'compensate-start a',
      'compensate-end a',
      'run-end',
    ])
  })

  it.each([0, 1, 2, 3, 4])('that fails at append %i halts the run as it is, which can be resumed', async (at) => {
    const journal = createMemoryJournal()
    const log: string[] = []
    const pipeline = definePipeline('p')
      .step('a', { run: () => log.push('a'), compensate: () => log.push('undo a') })
      .step('b', { needs: ['a'], run: () => log.push('b'), compensate: () => log.push('undo b') })
    const events: PipelineEvent[] = []
    const run = pipeline.run(undefined, {
      journal: failingAt(journal, at),
      runId: 'r',
      onEvent: (event) => events.push(event),
    })
    await expect(run).rejects.toMatchObject({
      code: 'journal_failed',
      message:
        'Run "r" of pipeline "p" has stopped, for its journal cannot be written: disk full. ' +
        'Nothing was undone. Mend the journal and resume the run.',
      cause: { message: 'disk full' },
      details: { pipeline: 'p', runId: 'r' },
    })
    expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'suspended' })
    await pipeline.run(undefined, { journal, runId: 'r' })
    expect(log.filter((entry) => entry.startsWith('undo'))).toEqual([])
    expect(new Set(log)).toEqual(new Set(['a', 'b']))
  })

  it('is not asked to keep an input that is no JSON', async () => {
    const journal = createMemoryJournal()
    const pipeline = definePipeline<unknown>('p').step('a', { run: () => 1 })
    await expect(pipeline.run({ when: new Date(0) }, { journal })).rejects.toMatchObject({
      code: 'not_json',
      message: 'The input of pipeline "p" must be JSON for the journal, got a date at "when". Give plain data.',
      details: { path: ['when'] },
    })
  })

  it('gives a run to one of two that begin it at the same time', async () => {
    const journal = createMemoryJournal()
    let calls = 0
    const pipeline = definePipeline('p').step('a', { run: () => setImmediate(++calls) })
    const runs = [1, 2].map(() => pipeline.run(undefined, { journal, runId: 'r' }))
    const outcomes = await Promise.allSettled(runs)
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      {
        status: 'rejected',
        reason: {
          code: 'run_busy',
          retryable: true,
          message:
            'Run "r" is at work elsewhere, and two must not run it. Wait for it, or try again when its holder has ended.',
        },
      },
    ])
    expect(calls).toBe(1)
  })
})

describe('suspend', () => {
  it('stops the run without undoing anything, and leaves no listener', async () => {
    const journal = createMemoryJournal()
    const controller = new AbortController()
    const log: string[] = []
    let isFirst = true
    const pipeline = definePipeline('p')
      .step('a', { run: () => log.push('a'), compensate: () => log.push('undo a') })
      .step('b', { needs: ['a'], run: ({ signal }) => (isFirst ? untilAborted(signal) : log.push('b')) })
    const run = pipeline.run(undefined, { journal, runId: 'r', suspend: controller.signal })
    await setImmediate()
    controller.abort('shutting down')
    await expect(run).rejects.toBe('shutting down')
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    expect(await typesOf(journal)).toEqual(['step-start a', 'step-end a', 'step-start b'])
    isFirst = false
    await resume(pipeline, { journal, runId: 'r' })
    expect(log).toEqual(['a', 'b'])
  })

  it('stops a rollback, too', async () => {
    const journal = createMemoryJournal()
    const controller = new AbortController()
    const log: string[] = []
    let isFirst = true
    const pipeline = definePipeline('p').step('a', {
      run: boom,
      compensate: async ({ signal }) => {
        if (isFirst) await untilAborted(signal)
        log.push('undone')
      },
    })
    const run = pipeline.run(undefined, { journal, runId: 'r', suspend: controller.signal })
    await setImmediate()
    controller.abort('shutting down')
    await expect(run).rejects.toBe('shutting down')
    isFirst = false
    await expect(resume(pipeline, { journal, runId: 'r' })).rejects.toMatchObject({ code: 'step_failed' })
    expect(log).toEqual(['undone'])
  })
})

describe('resume', () => {
  it('takes the input from the journal, and tells what is not run again', async () => {
    const journal = createMemoryJournal()
    const pipeline = definePipeline<number>('p')
      .step('a', { run: ({ input }) => input + 1 })
      .map('m', { over: () => [1, 2], run: ({ item }) => item })
    await expect(pipeline.run(4, { journal: failingAt(journal, 6), runId: 'r' })).rejects.toThrow('disk full')
    const events: PipelineEvent[] = []
    const { outputs } = await resume(pipeline, { journal, runId: 'r', onEvent: (event) => events.push(event) })
    expect(outputs).toEqual({ a: 5, m: [1, 2] })
    expect(events.map((event) => ('key' in event ? `${event.type} ${event.key}` : event.type))).toEqual([
      'run-start',
      'step-restored a',
      'step-restored m[0]',
      'step-progress m',
      'step-start m[1]',
      'step-end m[1]',
      'step-progress m',
      'step-end m',
      'run-end',
    ])
    expect(events[0]).toMatchObject({ resumed: true })
  })

  it('knows only runs of the journal', async () => {
    const run = resume(definePipeline('p'), { journal: createMemoryJournal(), runId: 'r' })
    await expect(run).rejects.toMatchObject({
      code: 'run_not_found',
      message: 'The journal has no run "r". list() gives those it has.',
    })
  })

  it('counts attempts on', async () => {
    const journal = createMemoryJournal()
    const attempts: number[] = []
    const pipeline = definePipeline('p').step('a', { run: ({ attempt }) => attempts.push(attempt) })
    await expect(pipeline.run(undefined, { journal: failingAt(journal, 1), runId: 'r' })).rejects.toThrow('disk full')
    await resume(pipeline, { journal, runId: 'r' })
    expect(attempts).toEqual([1, 2])
  })

  it('refuses a map that has other items than before', async () => {
    const journal = createMemoryJournal()
    let items = [1, 2, 3]
    const pipeline = definePipeline('p').map('m', { over: () => items, run: ({ item }) => item })
    await expect(pipeline.run(undefined, { journal: failingAt(journal, 3), runId: 'r' })).rejects.toThrow('disk full')
    items = [1, 2]
    await expect(resume(pipeline, { journal, runId: 'r' })).rejects.toMatchObject({
      code: 'step_failed',
      cause: {
        code: 'items_changed',
        message:
          'Map "m" had 3 items when it was begun, and has 2 after it was resumed. Let "over" depend on "input" and "needs" alone.',
      },
    })
  })

  it('names effects that a rollback cannot come to, for their items cannot be made again', async () => {
    const journal = createMemoryJournal()
    let items = [1, 2]
    const pipeline = definePipeline('p')
      .map('m', { over: () => items, run: ({ item }) => item, compensate: () => 1 })
      .step('fails', { needs: ['m'], run: boom })
    await expect(pipeline.run(undefined, { journal: failingAt(journal, 8), runId: 'r' })).rejects.toThrow('disk full')
    items = [1]
    await expect(resume(pipeline, { journal, runId: 'r' })).rejects.toMatchObject({
      code: 'rollback_incomplete',
      notUndone: ['m[0]', 'm[1]'].map((step) => ({
        step,
        why: 'compensation-failed',
        completed: true,
        message: 'After the run was resumed, what it was done for could not be made again.',
      })),
    })
  })

  it('gives again what an incomplete rollback left', async () => {
    const journal = createMemoryJournal()
    const pipeline = definePipeline('p').step('mail', { irreversible: true, run: boom })
    const first: unknown = await pipeline.run(undefined, { journal, runId: 'r' }).catch((error: unknown) => error)
    const again: unknown = await resume(pipeline, { journal, runId: 'r' }).catch((error: unknown) => error)
    expect(again).toMatchObject({
      code: 'rollback_incomplete',
      message: (first as Error).message,
      details: (first as { details: object }).details,
      cause: { code: 'step_failed', cause: { message: 'boom' } },
    })
  })
})

/** A run of an older definition, in which one step was done and the next was begun. */
async function started(): Promise<Journal> {
  const journal = createMemoryJournal()
  const before = definePipeline<number>('p', { version: '1' })
    .step('old', { run: ({ input }) => input + 1 })
    .step('b', { needs: ['old'], run: () => 'from b', compensate: () => 1 })
  await expect(before.run(1, { journal: failingAt(journal, 3), runId: 'r' })).rejects.toThrow('disk full')
  return journal
}

function rename(entry: JournalEntry): JournalEntry {
  return 'key' in entry && entry.key === 'old' ? ({ ...entry, key: 'new' } as JournalEntry) : entry
}

describe('migrate', () => {
  const calls: string[] = []
  const after = definePipeline<number>('p', { version: '2' })
    .step('new', { run: () => (calls.push('new'), 0) })
    .step('b', { needs: ['new'], run: ({ needs }) => `got ${needs.new}` })

  it('is needed for a run of another definition, whose differences are named', async () => {
    const journal = await started()
    await expect(resume(after, { journal, runId: 'r' })).rejects.toMatchObject({
      code: 'pipeline_changed',
      message:
        'Run "r" was begun with another definition of pipeline "p": the version was "1", and is "2"; ' +
        'step "old" was removed; step "new" was added; step "b" needed "old", and now "new"; ' +
        'step "b" was undone by compensate, and now nothing. ' +
        'Resume it with the old definition, or say how its entries are to be read: "migrate".',
    })
  })

  it('makes the entries fit, once: afterwards the run is of the new definition', async () => {
    const journal = await started()
    const { outputs } = await resume(after, {
      journal,
      runId: 'r',
      migrate: (entries, { from, to }) => {
        expect([from.version, to.version]).toEqual(['1', '2'])
        return entries.map(rename)
      },
    })
    expect(outputs).toEqual({ new: 2, b: 'got 2' })
    expect(calls).toEqual([])
    expect((await resume(after, { journal, runId: 'r' })).outputs).toEqual(outputs)
  })

  it('must leave nothing of steps that are gone', async () => {
    const journal = await started()
    await expect(resume(after, { journal, runId: 'r', migrate: (entries) => entries })).rejects.toThrow(
      new TypeError(
        'run: "migrate" gave an entry of "old", and pipeline "p" has no such step. Drop it, or give it another key.',
      ),
    )
    await expect(resume(after, { journal, runId: 'r', migrate: () => 'none' as never })).rejects.toThrow(
      new TypeError('run: "migrate" must give an array of entries, got a string ("none").'),
    )
  })
})
