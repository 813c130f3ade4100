import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { Journal, JournalRun, RunSummary } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'

/** One promise of a journal: `run` rejects if it is not kept. */
export interface JournalCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** Where a journal keeps its runs. */
export interface JournalPlace {
  /** A journal there; again while others are open, as a second process would. */
  open(): Journal
  /** Called at the end of each case, after all journals were closed. Default: nothing. */
  dispose?(): void | Promise<void>
}

/** The journal under test. */
export interface JournalCasesOptions {
  /** A place of its own for each case, empty at first. Of a journal that does not outlive `close`, `open` gives the same object each time. */
  create(): JournalPlace | Promise<JournalPlace>
}

function runOf(runId: string, more: Partial<JournalRun> = {}): JournalRun {
  const shape = { name: 'p', steps: [{ name: 'a', kind: 'step', needs: [] }] } as const
  return { runId, pipeline: 'p', fingerprint: 'sha256:0', shape, input: { of: runId }, at: 1.5, ...more }
}

const entries: readonly JournalEntry[] = [
  { type: 'step-start', key: 'a', attempt: 1, at: 2 },
  { type: 'step-end', key: 'a', at: 3, output: { text: '\0\u2028😀', ['__proto__']: [null, 1.5, true], '': {} } },
  { type: 'step-start', key: 'pages', attempt: 1, at: 4, size: 2 },
  { type: 'step-skipped', key: 'pages[0]', at: 4 },
  { type: 'step-failed', key: 'pages[1]', at: 5, error: { type: 'error', name: 'Error', message: 'boom' } },
  { type: 'rollback-start', at: 5, status: 'failed', key: 'pages[1]', reason: { type: 'value', value: null } },
  { type: 'compensate-start', key: 'a', attempt: 1, at: 6 },
  { type: 'compensate-failed', key: 'a', at: 7, error: { type: 'value', value: 'why' } },
  {
    type: 'run-end',
    at: 8,
    status: 'rollback-incomplete',
    notUndone: [{ step: 'a', why: 'compensation-failed', completed: true }],
  },
]

async function collect(list: AsyncIterable<RunSummary>): Promise<RunSummary[]> {
  const found: RunSummary[] = []
  for await (const summary of list) found.push(summary)
  return found
}

async function call<Value>(work: () => Value | Promise<Value>): Promise<Value> {
  return await work()
}

/** What a resumable run needs of a journal, for any test runner: `for (const { name, run } of journalCases({ create })) it(name, run)`. */
export function journalCases({ create }: JournalCasesOptions): JournalCase[] {
  function withPlace(name: string, run: (journal: Journal, open: () => Journal) => Promise<void>): JournalCase {
    return {
      name,
      async run() {
        const place = await create()
        const opened: Journal[] = []
        const open = (): Journal => {
          const journal = place.open()
          opened.push(journal)
          return journal
        }
        try {
          await run(open(), open)
        } finally {
          for (const journal of opened) await journal.close()
          await place.dispose?.()
        }
      },
    }
  }

  return [
    withPlace('has no runs at first', async (journal) => {
      deepEqual(await collect(journal.list()), [])
      equal(await journal.read('r'), undefined)
    }),

    withPlace(
      'gives back run and entries as they were, also to another that reads while they are written',
      async (journal, open) => {
        const session = await journal.open(runOf('r'))
        deepEqual(session.run, runOf('r'))
        deepEqual(session.entries, [])
        for (const [index, entry] of entries.entries()) {
          await session.append(entry)
          deepEqual(await open().read('r'), { run: runOf('r'), entries: entries.slice(0, index + 1) })
        }
        await session.release()
        const again = await open().open(runOf('r'))
        deepEqual(again.entries, entries)
      },
    ),

    withPlace('keeps the run as it was begun, whatever comes later with its id', async (journal, open) => {
      await (await journal.open(runOf('r'))).release()
      const session = await open().open(runOf('r', { pipeline: 'q', input: 'other', fingerprint: 'sha256:1', at: 9 }))
      deepEqual(session.run, runOf('r'))
    }),

    withPlace('keeps a run without an input', async (journal) => {
      const { input: _, ...run } = runOf('r')
      await (await journal.open(run)).release()
      deepEqual(await journal.read('r'), { run, entries: [] })
    }),

    withPlace('keeps the order of entries that nobody waits for', async (journal) => {
      const session = await journal.open(runOf('r'))
      const many = Array.from({ length: 200 }, (_, index): JournalEntry => ({
        type: 'step-skipped',
        key: `a[${index}]`,
        at: index,
      }))
      await Promise.all(many.map(async (entry) => session.append(entry)))
      deepEqual((await journal.read('r'))?.entries, many)
    }),

    withPlace('keeps runs apart', async (journal) => {
      const sessions = await Promise.all(
        ['r', "'; DROP TABLE runs; --", '__proto__'].map(async (id) => journal.open(runOf(id))),
      )
      for (const { append, run } of sessions) await append({ type: 'step-end', key: 'a', at: 1, output: run.runId })
      for (const { run } of sessions) {
        deepEqual((await journal.read(run.runId))?.entries, [{ type: 'step-end', key: 'a', at: 1, output: run.runId }])
      }
    }),

    withPlace('gives a run to the first, and refuses the others until it is released', async (journal, open) => {
      const session = await journal.open(runOf('r'))
      await rejects(
        call(() => journal.open(runOf('r'))),
        { code: 'run_busy', retryable: true },
      )
      await rejects(
        call(() => open().open(runOf('r'))),
        { code: 'run_busy' },
      )
      await session.release()
      await session.release()
      await (await open().open(runOf('r'))).release()
    }),

    withPlace('gives a run to exactly one of many that ask at the same time', async (journal, open) => {
      const asking = Array.from({ length: 8 }, async (_, index) =>
        (index % 2 === 0 ? journal : open()).open(runOf('r')),
      )
      const outcomes = await Promise.allSettled(asking)
      equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    }),

    withPlace('takes nothing from one that has released the run', async (journal) => {
      const session = await journal.open(runOf('r'))
      await session.release()
      await rejects(
        call(() => session.append({ type: 'step-end', key: 'a', at: 1 })),
        TypeError,
      )
      deepEqual((await journal.read('r'))?.entries, [])
    }),

    withPlace('lists runs with their status, the latest first, by pipeline and by status', async (journal) => {
      const ends: readonly (readonly [string, string, readonly JournalEntry[]])[] = [
        ['one', 'p', [{ type: 'run-end', at: 2, status: 'completed' }]],
        ['two', 'q', [{ type: 'step-start', key: 'a', attempt: 1, at: 2 }]],
        ['three', 'p', [{ type: 'rollback-start', at: 2, status: 'aborted', reason: { type: 'value', value: 1 } }]],
      ]
      for (const [runId, pipeline, list] of ends) {
        const session = await journal.open(runOf(runId, { pipeline }))
        for (const entry of list) await session.append(entry)
        await session.release()
      }
      const [one, two, three] = [
        { runId: 'one', pipeline: 'p', at: 1.5, status: 'completed' },
        { runId: 'two', pipeline: 'q', at: 1.5, status: 'running' },
        { runId: 'three', pipeline: 'p', at: 1.5, status: 'rolling-back' },
      ]
      deepEqual(await collect(journal.list()), [three, two, one])
      deepEqual(await collect(journal.list({ pipeline: 'p' })), [three, one])
      deepEqual(await collect(journal.list({ pipeline: 'p', status: 'completed' })), [one])
      deepEqual(await collect(journal.list({ status: 'failed' })), [])
    }),

    withPlace('refuses a filter that it does not understand', async (journal) => {
      await (await journal.open(runOf('r'))).release()
      for (const filter of [{ state: 'failed' }, { status: 'done' }]) {
        await rejects(collect(journal.list(filter as never)), TypeError)
      }
    }),

    withPlace('removes a run that nobody has, and no other', async (journal, open) => {
      equal(await journal.remove('r'), false)
      for (const runId of ['r', 'other']) {
        const session = await journal.open(runOf(runId))
        await session.append({ type: 'step-end', key: 'a', at: 1 })
        await rejects(
          call(() => open().remove(runId)),
          { code: 'run_busy' },
        )
        await session.release()
      }
      equal(await open().remove('r'), true)
      equal(await journal.read('r'), undefined)
      deepEqual((await journal.read('other'))?.entries.length, 1)
      deepEqual(
        (await collect(journal.list())).map(({ runId }) => runId),
        ['other'],
      )
      const again = await journal.open(runOf('r', { input: 'new' }))
      deepEqual([again.run, again.entries], [runOf('r', { input: 'new' }), []])
    }),

    withPlace('takes nothing for a run when it is closed', async (journal) => {
      const session = await journal.open(runOf('r'))
      await journal.close()
      await rejects(
        call(() => session.append({ type: 'step-end', key: 'a', at: 1 })),
        TypeError,
      )
    }),

    withPlace('keeps what is nested deeper than the stack', async (journal, open) => {
      let deep: unknown = 1
      for (let level = 0; level < 20_000; level++) deep = [deep]
      const session = await journal.open(runOf('r', { input: deep }))
      await session.append({ type: 'step-end', key: 'a', at: 1, output: deep })
      await session.release()
      const stored = await open().read('r')
      const [entry] = stored?.entries ?? []
      for (let value of [stored?.run.input, entry?.type === 'step-end' ? entry.output : undefined]) {
        let depth = 0
        for (; Array.isArray(value); depth++) value = value[0] as unknown
        deepEqual([depth, value], [20_000, 1])
      }
    }),

    withPlace('releases runs when it is closed, which may happen twice', async (journal, open) => {
      await journal.open(runOf('r'))
      await journal.close()
      await journal.close()
      await (await open().open(runOf('r'))).release()
    }),
  ]
}
