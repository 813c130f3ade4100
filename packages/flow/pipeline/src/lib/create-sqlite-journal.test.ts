import { stat, writeFile } from 'node:fs/promises'
import { createManualClock, runConformance, temporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createSqliteJournal } from './create-sqlite-journal.ts'
import { definePipeline } from './define-pipeline.ts'
import { journalCases, type JournalPlace } from './journal-cases.ts'

const run = { runId: 'r', pipeline: 'p', fingerprint: 'f', shape: { name: 'p', steps: [] }, at: 1 }

function create(): JournalPlace {
  const directory = temporaryDirectory()
  return {
    open: () => createSqliteJournal({ path: directory.join('deep', 'runs.sqlite') }),
    dispose: () => directory.remove(),
  }
}

describe('createSqliteJournal', () => {
  runConformance(journalCases({ create }), { it, describe })

  it('lets only its owner read the file', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('runs.sqlite')
    const journal = createSqliteJournal({ path, durable: true })
    await (await journal.open(run)).release()
    await journal.close()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('keeps a run for as long as its holder gives signs of life', async () => {
    await using directory = temporaryDirectory()
    const clock = createManualClock()
    const open = () => createSqliteJournal({ path: directory.join('runs.sqlite'), lease: 3_000, clock })
    const [first, second] = [open(), open()]
    const session = await first.open(run)
    await clock.advance(100_000)
    await expect(second.open(run)).rejects.toMatchObject({
      code: 'run_busy',
      details: { runId: 'r', retryAfter: 3_000 },
    })
    await session.append({ type: 'step-start', key: 'a', attempt: 1, at: 1 })
    await first.close()
    expect(clock.waiting).toBe(0)
    await second.close()
  })

  it('takes a run over from a holder that gives none, and refuses what that one still writes', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('runs.sqlite')
    const [silent, clock] = [createManualClock(), createManualClock({ now: 3_001 })]
    const [first, second] = [
      createSqliteJournal({ path, lease: 3_000, clock: silent }),
      createSqliteJournal({ path, lease: 3_000, clock }),
    ]
    const session = await first.open(run)
    await session.append({ type: 'step-start', key: 'a', attempt: 1, at: 1 })
    const taken = await second.open(run)
    expect(taken.entries).toHaveLength(1)
    const append = async () => session.append({ type: 'step-end', key: 'a', at: 2 })
    await expect(append()).rejects.toMatchObject({ code: 'run_taken_over' })
    await expect(append()).rejects.toMatchObject({ code: 'run_taken_over' })
    await session.release()
    await taken.append({ type: 'step-end', key: 'a', at: 3 })
    expect((await second.read('r'))?.entries).toMatchObject([{ at: 1 }, { at: 3 }])
    await first.close()
    await second.close()
  })

  it('stops a run whose file is no database, before anything runs', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('runs.sqlite')
    await writeFile(path, 'This is a text, and it is long enough to be looked at as if it were a database.'.repeat(20))
    const journal = createSqliteJournal({ path })
    const started: string[] = []
    const pipeline = definePipeline('p').step('a', { run: () => started.push('a') })
    await expect(pipeline.run(undefined, { journal, runId: 'r' })).rejects.toMatchObject({
      code: 'journal_failed',
      message:
        'Run "r" of pipeline "p" has stopped, for its journal cannot be written: file is not a database. ' +
        'Nothing was undone. Mend the journal and resume the run.',
    })
    expect(started).toEqual([])
    await journal.close()
  })

  it.each([
    [{}, 'createSqliteJournal: "path" must be a string that is not empty, got undefined.'],
    [{ path: 'x', leese: 1 }, 'createSqliteJournal: "options" has no key "leese". Did you mean "lease"?'],
    [{ path: 'x', durable: 1 }, 'createSqliteJournal: "durable" must be true or false, got a number (1).'],
    [
      { path: 'x', lease: -1 },
      'createSqliteJournal: "lease" must be a number of milliseconds, at least 0, got a number (-1).',
    ],
    [{ path: 'x', lease: 0 }, 'createSqliteJournal: "lease" must be above 0, or nobody would have the run.'],
    [
      { path: 'x', busyTimeout: 1.5 },
      'createSqliteJournal: "busyTimeout" must be a whole number of milliseconds, got a number (1.5).',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => createSqliteJournal(options as never)).toThrow(new TypeError(message))
  })
})
