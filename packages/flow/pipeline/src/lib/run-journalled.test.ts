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

  it('that takes its time has why a run stopped before anybody hears of the rollback', async () => {
    const memory = createMemoryJournal()
    const log: string[] = []
    const open: Journal['open'] = async (run) => {
      const session = await memory.open(run)
      return {
        ...session,
        append: async (entry) => {
          await setImmediate()
          await session.append(entry)
          log.push(`stored ${entry.type}`)
        },
      }
    }
    const run = definePipeline('p')
      .step('a', { run: boom, compensate: () => 1 })
      .run(undefined, { journal: { ...memory, open }, onEvent: ({ type }) => log.push(type) })
    await expect(run).rejects.toThrow('boom')
    expect(log.filter((entry) => entry.endsWith('rollback-start'))).toEqual(['stored rollback-start', 'rollback-start'])
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

  it.each([
    [undefined, 'resume: "options" must be an object, got undefined.'],
    [{ runId: 'r' }, 'resume: "journal" must be a journal, got undefined.'],
    [{ journal: createMemoryJournal() }, 'resume: "runId" must be a string that is not empty, got undefined.'],
    [
      { journal: createMemoryJournal(), runId: '\ud800' },
      'resume: "runId" must be a string without lone surrogates, got a string ("\\ud800").',
    ],
    [
      { journal: createMemoryJournal(), runId: 'r', migrat: () => [] },
      'resume: "options" has no key "migrat". Did you mean "migrate"?',
    ],
  ])('refuses %o', async (options, message) => {
    await expect(resume(definePipeline('p'), options as never)).rejects.toThrow(new TypeError(message))
  })

  it('finds no attempt to undo what a suspended rollback did not come to', async () => {
    const journal = createMemoryJournal()
    const leaving = new AbortController()
    const pipeline = definePipeline('p')
      .step('a', { run: () => 1, compensate: () => 1 })
      .step('b', { needs: ['a'], run: boom, compensate: () => Promise.reject(leaving.abort('leaving')) })
    await expect(pipeline.run(undefined, { journal, runId: 'r', suspend: leaving.signal })).rejects.toBe('leaving')
    expect((await typesOf(journal)).at(-1)).toBe('compensate-start b')
  })

  it('undoes nothing of a step that failed before it began', async () => {
    const journal = createMemoryJournal()
    const leaving = new AbortController()
    const undone: string[] = []
    const pipeline = definePipeline('p')
      .step('a', {
        run: () => 1,
        compensate: ({ attempt }) => (attempt > 1 ? undone.push('a') : Promise.reject(leaving.abort('leaving'))),
      })
      .step('b', { needs: ['a'], run: () => 1, idempotencyKey: boom, compensate: () => undone.push('b') })
    await expect(pipeline.run(undefined, { journal, runId: 'r', suspend: leaving.signal })).rejects.toBe('leaving')
    await expect(resume(pipeline, { journal, runId: 'r' })).rejects.toThrow('boom')
    expect(undone).toEqual(['a'])
  })

  it('keeps the key that a step had, also if its function gives another now: to try again and to undo', async () => {
    const journal = createMemoryJournal()
    const leaving = new AbortController()
    const seen: string[] = []
    let times = 0
    const own = {
      idempotencyKey: () => `key ${++times}`,
      compensate: ({ idempotencyKey }: { idempotencyKey: string }) => seen.push(`undo ${idempotencyKey}`),
    }
    const pipeline = definePipeline('p')
      .step('a', { ...own, run: ({ idempotencyKey }) => seen.push(idempotencyKey) })
      .map('m', { ...own, needs: ['a'], over: () => [1], run: ({ idempotencyKey }) => seen.push(idempotencyKey) })
      .step('b', {
        ...own,
        needs: ['m'],
        run: ({ idempotencyKey, attempt }) => {
          seen.push(idempotencyKey)
          return attempt > 1 ? boom() : Promise.reject(leaving.abort('leaving'))
        },
      })
    await expect(pipeline.run(undefined, { journal, runId: 'r', suspend: leaving.signal })).rejects.toBe('leaving')
    expect(seen.splice(0)).toEqual(['key 1', 'key 2', 'key 3'])
    await expect(resume(pipeline, { journal, runId: 'r' })).rejects.toThrow('boom')
    expect(seen).toEqual(['key 3', 'undo key 3', 'undo key 2', 'undo key 1'])
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

describe('a run that has completed', () => {
  const log: string[] = []
  const pipeline = definePipeline('p').step('a', { run: () => log.push('a'), compensate: () => log.push('undo a') })

  async function completed(): Promise<Journal> {
    log.length = 0
    const journal = createMemoryJournal()
    await pipeline.run(undefined, { journal, runId: 'r' })
    return journal
  }

  it.each(['run-start', 'step-restored', 'run-end'])(
    'stays as it is when a listener throws at %s while it is told again',
    async (type) => {
      const journal = await completed()
      const fault = new Error('the terminal is gone')
      const events: PipelineEvent[] = []
      const onEvent = (event: PipelineEvent): void => {
        events.push(event)
        if (event.type === type) throw fault
      }
      await expect(pipeline.run(undefined, { journal, runId: 'r', onEvent })).rejects.toBe(fault)
      expect(log).toEqual(['a'])
      expect(await typesOf(journal)).toEqual(['step-start a', 'step-end a', 'run-end'])
    },
  )

  it.each(['signal', 'suspend'])('stays as it is when its %s is aborted while it is told again', async (name) => {
    const journal = await completed()
    const controller = new AbortController()
    const ends: PipelineEvent[] = []
    const run = pipeline.run(undefined, {
      journal,
      runId: 'r',
      [name]: controller.signal,
      onEvent: (event) => (event.type === 'run-start' ? controller.abort('enough') : ends.push(event)),
    })
    await expect(run).rejects.toBe('enough')
    expect(log).toEqual(['a'])
    expect(ends).toMatchObject([{ type: 'step-restored' }, { type: 'run-end', status: 'suspended' }])
  })

  it('undoes a run that was killed when its signal was aborted before', async () => {
    const journal = createMemoryJournal()
    const undone: string[] = []
    const killed = definePipeline('p')
      .step('a', { run: () => 'a', compensate: ({ output }) => undone.push(output ?? '') })
      .step('b', { needs: ['a'], run: () => undone.push('run again') })
    await expect(killed.run(undefined, { journal: failingAt(journal, 2), runId: 'r' })).rejects.toThrow('disk full')
    const signal = AbortSignal.abort('enough')
    await expect(resume(killed, { journal, runId: 'r', signal })).rejects.toBe('enough')
    expect(undone).toEqual(['a'])
    expect((await journal.read('r'))?.entries.at(-1)).toMatchObject({ type: 'run-end', status: 'aborted' })
    await expect(killed.run(undefined, { journal, runId: 'new', signal })).rejects.toBe('enough')
    expect(await journal.read('new')).toBe(undefined)
  })

  it('stays as it is when its items cannot be made again', async () => {
    const journal = createMemoryJournal()
    const items = [1, 2]
    const undone: unknown[] = []
    const mapped = definePipeline('p').map('m', {
      over: () => items,
      run: ({ item }) => item,
      compensate: ({ item }) => undone.push(item),
    })
    await mapped.run(undefined, { journal, runId: 'r' })
    items.pop()
    await expect(resume(mapped, { journal, runId: 'r' })).rejects.toMatchObject({ cause: { code: 'items_changed' } })
    expect(undone).toEqual([])
  })

  it('has as many turns as it had, whatever "until" answers now', async () => {
    const journal = createMemoryJournal()
    let last = 1
    let turns = 0
    const looped = definePipeline('p').loop('l', {
      initial: () => 0,
      run: ({ value }) => (turns++, value + 1),
      until: ({ turn }) => turn >= last,
      max: 5,
    })
    await looped.run(undefined, { journal, runId: 'r' })
    for (last of [0, 4]) {
      expect((await resume(looped, { journal, runId: 'r' })).outputs).toEqual({ l: 2 })
    }
    expect(turns).toBe(2)
  })
})

describe('the end of a run', () => {
  it.each(['onEvent', 'observers'])(
    'that is refused by %s is followed by a rollback, and another end',
    async (name) => {
      const journal = createMemoryJournal()
      const log: string[] = []
      const fault = new Error('disk full')
      const refuse = (event: PipelineEvent): void => {
        if (event.type === 'run-end') throw fault
      }
      const events: PipelineEvent[] = []
      const others = { observe: (event: PipelineEvent) => void events.push(event) }
      const pipeline = definePipeline('p').step('a', { run: () => log.push('a'), compensate: () => log.push('undo a') })
      const refusing = name === 'onEvent' ? { onEvent: refuse } : {}
      const options = { observers: [others, { observe: name === 'onEvent' ? () => {} : refuse }], ...refusing }
      await expect(pipeline.run(undefined, { journal, runId: 'r', ...options })).rejects.toBe(fault)
      expect(log).toEqual(['a', 'undo a'])
      const ends = ['run-end', 'rollback-start', 'compensate-start a', 'compensate-end a', 'run-end']
      expect((await typesOf(journal)).slice(-5)).toEqual(ends)
      const again = pipeline.run(undefined, { journal, runId: 'r' })
      await expect(again).rejects.toMatchObject({ message: 'disk full' })
      expect(log).toEqual(['a', 'undo a'])
      const heard = events.flatMap((event) => (event.type === 'run-end' ? [event.status] : []))
      expect(heard).toEqual(['completed', 'failed'])
    },
  )

  it('at which the clock fails is one that is undone', async () => {
    const journal = createMemoryJournal()
    const log: string[] = []
    const pipeline = definePipeline('p').step('a', { run: () => log.push('a'), compensate: () => log.push('undo a') })
    let isDone = false
    const now = (): number => (isDone ? boom() : 1)
    const onEvent = (event: PipelineEvent): void => void (isDone ||= event.type === 'step-end')
    const clock = { now, sleep: () => Promise.resolve() }
    await expect(pipeline.run(undefined, { journal, runId: 'r', clock, onEvent })).rejects.toThrow('boom')
    expect(log).toEqual(['a', 'undo a'])
    expect((await typesOf(journal)).filter((type) => type === 'run-end')).toHaveLength(1)
  })
})

describe('a journal in which texts and depths are as hostile as can be', () => {
  it('keeps an input and an output with lone surrogates, and knows the input again', async () => {
    const journal = createMemoryJournal()
    const pipeline = definePipeline<string>('p').step('a', { run: ({ input }) => input })
    await pipeline.run('\ud800', { journal, runId: 'r' })
    expect((await pipeline.run('\ud800', { journal, runId: 'r' })).outputs).toEqual({ a: '\ud800' })
    await expect(pipeline.run('\ud801', { journal, runId: 'r' })).rejects.toMatchObject({ code: 'run_input_changed' })
  })

  it.each(['', 'x\ud800'])('refuses the run id %j, which it could not tell from others', async (runId) => {
    const run = definePipeline('p').run(undefined, { journal: createMemoryJournal(), runId })
    await expect(run).rejects.toThrow(TypeError)
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

  it('lets a run that had completed go on with new steps, which the journal keeps', async () => {
    const journal = createMemoryJournal()
    const log: string[] = []
    const before = definePipeline('p').step('a', { run: () => log.push('a') })
    await before.run(undefined, { journal, runId: 'r' })
    const longer = before.step('b', { needs: ['a'], run: () => log.push('b') })
    await resume(longer, { journal, runId: 'r', migrate: (entries) => entries })
    await resume(longer, { journal, runId: 'r' })
    expect(log).toEqual(['a', 'b'])
    expect(await typesOf(journal)).toEqual([
      'step-start a',
      'step-end a',
      'run-end',
      'migrated',
      'step-start b',
      'step-end b',
      'run-end',
    ])
  })

  it.each([
    [null, 'run: "migrate" must give entries with a "type" of those it was given and a time "at", got null.'],
    [{}, 'run: "migrate" must give entries with a "type" of those it was given and a time "at", got an object.'],
    [
      { type: 'step-ended', key: 'b', at: 1 },
      'run: "migrate" must give entries with a "type" of those it was given and a time "at", got a string ("step-ended").',
    ],
    [
      { type: 'step-end', key: 'b' },
      'run: "migrate" must give entries with a "type" of those it was given and a time "at", got a string ("step-end").',
    ],
    [{ type: 'step-end', at: 1 }, 'run: "migrate" must give each step-end a "key", got undefined.'],
  ])('must give entries, and not %j', async (entry, message) => {
    const journal = await started()
    const migrate = () => [entry as never]
    await expect(resume(after, { journal, runId: 'r', migrate })).rejects.toThrow(new TypeError(message))
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
