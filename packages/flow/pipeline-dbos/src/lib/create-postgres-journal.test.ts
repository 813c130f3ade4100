import { createManualClock, runConformance } from '@empire/test-support'
import { service } from '@empire/test-support/services'
import { journalCases } from '@empire/pipeline/conformance'
import { definePipeline } from '@empire/pipeline'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createPostgresJournal } from './create-postgres-journal.ts'

// For machines that have other things to do.
vi.setConfig({ testTimeout: 30_000 })

const postgres = service('postgres')
const run = { runId: 'r', pipeline: 'p', fingerprint: 'f', shape: { name: 'p', steps: [] }, at: 1 }

describe.skipIf(!postgres.available)('createPostgresJournal', () => {
  const { namespace: schema } = postgres
  let pool: Pool
  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres.url, max: 1 })
    await postgres.setUp(pool)
  })
  afterAll(async () => {
    await postgres.tearDown()
    await pool.end()
  })
  const open = (options: object = {}) => createPostgresJournal({ databaseUrl: postgres.url, schema, ...options })

  async function create() {
    const journal = open()
    await journal.read('what there is not')
    await journal.close()
    await pool.query(`TRUNCATE ${schema}.pipeline_runs, ${schema}.pipeline_entries`)
    return { open: () => open({ connections: 2 }) }
  }
  runConformance(journalCases({ create }), { it, describe })

  it('takes a run over from a holder that gives no sign of life, and refuses what that one still writes', async () => {
    const clock = createManualClock()
    // It sleeps for ever, as a process that is paused.
    const first = open({ lease: 100, clock })
    const second = open()
    const session = await first.open(run)
    await session.append({ type: 'step-start', key: 'a', attempt: 1, at: 1 })
    await pool.query(`UPDATE ${schema}.pipeline_holders SET expires = now() - interval '1 s'`)
    const taken = await second.open(run)
    expect(taken.entries).toHaveLength(1)
    const append = async () => session.append({ type: 'step-end', key: 'a', at: 2 })
    await expect(append()).rejects.toMatchObject({ code: 'run_taken_over' })
    await expect(append()).rejects.toMatchObject({ code: 'run_taken_over' })
    // Awake again, it is alive, and the run is another's.
    await clock.advance(100)
    await session.release()
    await expect(first.open(run)).rejects.toMatchObject({ code: 'run_busy' })
    await taken.append({ type: 'step-end', key: 'a', at: 3 })
    expect((await second.read('r'))?.entries).toMatchObject([{ at: 1 }, { at: 3 }])
    await first.close()
    await second.close()
    expect(clock.waiting).toBe(0)
  })

  it('frees a run that it could not give back', async () => {
    const clock = createManualClock()
    const first = open({ lease: 3_000, clock })
    const second = open()
    const session = await first.open({ ...run, runId: 'stuck' })
    await pool.query(`ALTER TABLE ${schema}.pipeline_runs RENAME TO pipeline_runs_lost`)
    await session.release()
    await pool.query(`ALTER TABLE ${schema}.pipeline_runs_lost RENAME TO pipeline_runs`)
    await expect(second.open({ ...run, runId: 'stuck' })).rejects.toMatchObject({ code: 'run_busy' })
    await (await first.open({ ...run, runId: 'stuck' })).release()
    const again = await first.open({ ...run, runId: 'stuck' })
    await pool.query(`ALTER TABLE ${schema}.pipeline_runs RENAME TO pipeline_runs_lost`)
    await again.release()
    await pool.query(`ALTER TABLE ${schema}.pipeline_runs_lost RENAME TO pipeline_runs`)
    // Its next sign of life tells the database, too.
    await clock.advance(1_000)
    await vi.waitFor(async () => (await second.open({ ...run, runId: 'stuck' })).release(), { interval: 1 })
    await first.close()
    await second.close()
  })

  it('stops a run whose database does not answer, and shows no password', async () => {
    const journal = createPostgresJournal({ databaseUrl: 'postgres://user:hunter2@127.0.0.1:1/none' })
    const pipeline = definePipeline('p').step('a', { run: () => 1 })
    const error: unknown = await pipeline.run(undefined, { journal, runId: 'r' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'journal_failed' })
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('hunter2')
    await journal.close()
  })

  it.each([
    [
      {},
      'createPostgresJournal: "databaseUrl" must be a URL such as postgres://user:password@host:5432/database, got undefined.',
    ],
    [
      { databaseUrl: 'mysql://user:hunter2@host/x' },
      'createPostgresJournal: "databaseUrl" must be a URL such as postgres://user:password@host:5432/database, got a string that is none.',
    ],
    [
      { databaseUrl: 'postgres://h/d', schema: 'a"b' },
      'createPostgresJournal: "schema" must be a name of at most 63 lower-case letters, digits and underscores, got a string ("a\\"b").',
    ],
    [
      { databaseUrl: 'postgres://h/d', leese: 1 },
      'createPostgresJournal: "options" has no key "leese". Did you mean "lease"?',
    ],
    [
      { databaseUrl: 'postgres://h/d', lease: 1 },
      'createPostgresJournal: "lease" must be a number of milliseconds, at least 100, got a number (1).',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => createPostgresJournal(options as never)).toThrow(new TypeError(message))
  })
})
