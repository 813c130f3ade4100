import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRandom } from '@empire/test-support'
import { service } from '@empire/test-support/services'
import { definePipeline } from '@empire/pipeline'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deploy } from './deploy.ts'

const postgres = service('postgres')
const isLong = process.env['EMPIRE_TEST_FAULTS'] === '1'
/** How many runs, and after how many ends a worker is killed. */
const { runs, killEvery } = isLong ? { runs: 2_000, killEvery: 40 } : { runs: 80, killEvery: 20 }

/** The pipelines of a worker, with an effect for each step. Each fifth run fails in the end, and is undone. */
const program = `
  import { definePipeline } from ${JSON.stringify(import.meta.resolve('@empire/pipeline'))}
  import { deploy } from ${JSON.stringify(import.meta.resolve('../index.ts'))}
  import pg from ${JSON.stringify(import.meta.resolve('pg'))}
  const { databaseUrl, schema } = JSON.parse(process.env.WORKER)
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  const act = async ({ idempotencyKey }) => {
    await pool.query(\`INSERT INTO \${schema}.calls VALUES ($1)\`, [idempotencyKey])
    await pool.query(\`INSERT INTO \${schema}.effects VALUES ($1) ON CONFLICT DO NOTHING\`, [idempotencyKey])
    return idempotencyKey
  }
  const compensate = async ({ idempotencyKey }) => {
    await pool.query(\`DELETE FROM \${schema}.effects WHERE key = $1\`, [idempotencyKey])
  }
  const order = definePipeline('order')
    .step('reserve', { run: act, compensate })
    .map('pages', { over: () => [0, 1], run: act, compensate })
    .step('charge', { needs: ['reserve', 'pages'], run: act, compensate })
    .step('end', { needs: ['charge'], run: ({ input }) => { if (input % 5 === 0) throw new Error('boom') } })
  const gate = definePipeline('gate').step('wait', {
    run: async (context) => {
      await act(context)
      for (;;) {
        const { rowCount } = await pool.query(\`SELECT FROM \${schema}.open\`)
        if (rowCount > 0) return process.env.NAME
      }
    },
  })
  const undo = definePipeline('undo')
    .step('done', {
      run: act,
      compensate: async (context) => {
        if (process.env.NAME === 'first') await new Promise(() => {})
        await compensate(context)
      },
    })
    .step('undone', { needs: ['done'], run: act, compensate })
    .step('end', { needs: ['undone'], run: () => { throw new Error('boom') } })
  const deployment = await deploy([order, gate, undo], { databaseUrl, schema, lease: 1000, pollInterval: 50 })
  console.log('ready')
`

const order = definePipeline<number>('order')
  .step('reserve', { run: () => '', compensate: () => {} })
  .map('pages', { over: () => [0, 1], run: () => '', compensate: () => {} })
  .step('charge', { needs: ['reserve', 'pages'], run: () => '', compensate: () => {} })
  .step('end', { needs: ['charge'], run: () => {} })
const gate = definePipeline('gate').step('wait', { run: () => '' })
const undo = definePipeline('undo')
  .step('done', { run: () => '', compensate: () => {} })
  .step('undone', { needs: ['done'], run: () => '', compensate: () => {} })
  .step('end', { needs: ['undone'], run: () => {} })

describe.skipIf(!postgres.available)('workers', () => {
  const { namespace: schema } = postgres
  const workers = new Set<ChildProcess>()
  let pool: Pool
  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres.url, max: 2 })
    await postgres.setUp(pool)
    await pool.query(`CREATE TABLE ${schema}.effects (key text PRIMARY KEY)`)
    await pool.query(`CREATE TABLE ${schema}.calls (key text)`)
    await pool.query(`CREATE TABLE ${schema}.open ()`)
  })
  afterAll(async () => {
    await Promise.all([...workers].map(kill))
    await postgres.tearDown()
    await pool.end()
  })
  const open = () =>
    deploy([order, gate, undo], { databaseUrl: postgres.url, schema, work: false, pollInterval: 20, connections: 4 })

  function startWorker(name = '', script = program): ChildProcess {
    const worker = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, WORKER: JSON.stringify({ databaseUrl: postgres.url, schema }), NAME: name },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    workers.add(worker)
    return worker
  }

  async function kill(worker: ChildProcess): Promise<void> {
    workers.delete(worker)
    if (worker.exitCode !== null || worker.signalCode !== null) return
    const ended = once(worker, 'exit')
    worker.kill('SIGKILL')
    await ended
  }

  const keys = async (table: string): Promise<string[]> => {
    const { rows } = await pool.query<{ key: string }>(`SELECT key FROM ${schema}.${table} ORDER BY key COLLATE "C"`)
    return rows.map(({ key }) => key)
  }

  it(
    `bring ${runs} runs to their end while they are killed and replaced, and no effect is lost, doubled or left`,
    { timeout: isLong ? 600_000 : 120_000 },
    async () => {
      const random = createRandom(isLong ? Date.now() : 7)
      const deployment = await open()
      for (let count = 0; count < 4; count++) startWorker()
      const started = await Promise.all(
        Array.from({ length: runs }, (_, index) => deployment.start(order, index, { runId: `r${index}` })),
      )
      let ended = 0
      let killed = 0
      const outcomes = await Promise.all(
        started.map(async ({ runId, result }) => {
          const outcome = await result().then(
            () => 'completed',
            (error: { code?: string }) => error.code,
          )
          if (++ended % killEvery === 0 && ended < runs) {
            killed++
            const victim = random.pick([...workers])
            startWorker()
            await kill(victim)
          }
          return [runId, outcome]
        }),
      )
      expect(killed).toBe(runs / killEvery - 1)
      expect(outcomes).toEqual(
        started.map(({ runId }, index) => [runId, index % 5 === 0 ? 'step_failed' : 'completed']),
      )
      const expected = started.flatMap(({ runId }, index) =>
        index % 5 === 0 ? [] : ['charge', 'pages[0]', 'pages[1]', 'reserve'].map((step) => `${runId}/${step}`),
      )
      expect(await keys('effects')).toEqual(expected.toSorted())
      // Only what was at work when its worker was killed was called again.
      const calls = await keys('calls')
      expect(new Set(calls).size).toBe(runs * 4)
      expect(calls.length).toBeLessThanOrEqual(runs * 4 + killed * 32 * 3)
      await deployment.close()
      await Promise.all([...workers].map(kill))
    },
  )

  it('go on with the rollback of one that was killed in it', { timeout: 60_000 }, async () => {
    const deployment = await open()
    const first = startWorker('first')
    const run = await deployment.start(undo, undefined, { runId: 'undo' })
    const entries = async () => (await deployment.read('undo'))?.entries ?? []
    await until(async () =>
      (await entries()).some((entry) => entry.type === 'compensate-start' && entry.key === 'done'),
    )
    expect(await entries()).toContainEqual(expect.objectContaining({ type: 'compensate-end', key: 'undone' }))
    await kill(first)
    const second = startWorker('second')
    await expect(run.result()).rejects.toMatchObject({ code: 'step_failed', details: { step: 'end' } })
    expect((await keys('effects')).filter((key) => key.startsWith('undo/'))).toEqual([])
    const undone = (await entries()).filter(({ type }) => type === 'compensate-start')
    expect(undone).toMatchObject([
      { key: 'undone', attempt: 1 },
      { key: 'done', attempt: 1 },
      { key: 'done', attempt: 2 },
    ])
    await kill(second)
    await deployment.close()
  })

  it('let their process end when they are closed', { timeout: 60_000 }, async () => {
    const script = program.replace("console.log('ready')", 'await deployment.close(); await pool.end()')
    const [code] = (await once(startWorker('', script), 'exit')) as [number | null]
    expect(code).toBe(0)
  })

  it('take a run from one that is paused, whose writes are refused when it wakes', { timeout: 60_000 }, async () => {
    const deployment = await open()
    const first = startWorker('first')
    const run = await deployment.start(gate, undefined, { runId: 'gate' })
    await until(async () => (await keys('calls')).includes('gate/wait'))
    first.kill('SIGSTOP')
    startWorker('second')
    await until(async () => (await keys('calls')).filter((key) => key === 'gate/wait').length >= 2)
    first.kill('SIGCONT')
    await pool.query(`INSERT INTO ${schema}.open DEFAULT VALUES`)
    expect((await run.result()).outputs).toEqual({ wait: 'second' })
    const ends = (await deployment.read('gate'))?.entries.filter(
      ({ type }) => type === 'step-end' || type === 'run-end',
    )
    expect(ends).toMatchObject([{ key: 'wait', output: 'second' }, { status: 'completed' }])
    expect((await keys('effects')).filter((key) => key === 'gate/wait')).toHaveLength(1)
    await deployment.close()
  })
})

/** Asks until it is so: other processes have their own time. */
async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setImmediate(resolve))
}
