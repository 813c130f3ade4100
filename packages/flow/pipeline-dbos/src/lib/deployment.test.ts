import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { abortable } from '@empire/clock'
import { definePipeline, type RunObserver } from '@empire/pipeline'
import { createProxy } from '@empire/test-support'
import { service } from '@empire/test-support/services'
import { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { deploy } from './deploy.ts'
import type { DeployOptions } from './deploy-options.ts'
import type { Deployment } from './deployment.ts'
import type { AnyPipeline } from './any-pipeline.ts'

// Each test launches DBOS, which takes its time on a machine that has other things to do.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const postgres = service('postgres')
const double = definePipeline<number>('double').step('double', { run: ({ input }) => input * 2 })

/** A pipeline whose step waits until it is let go, or its signal is aborted. */
function createGate(name = 'gate') {
  const reached = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  const undone: unknown[] = []
  const gate = { isOpen: false, reached: reached.promise, undone, open: () => ((gate.isOpen = true), opened.resolve()) }
  const pipeline = definePipeline(name)
    .step('first', { run: () => 'first', compensate: ({ output }) => undone.push(output) })
    .step('wait', {
      needs: ['first'],
      compensate: ({ output }) => undone.push(output),
      run: async ({ signal }) => {
        reached.resolve()
        if (!gate.isOpen) await abortable(opened.promise, signal)
        return 'through'
      },
    })
  return Object.assign(gate, { pipeline })
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Asks until it is so: the queues have their own time. */
async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setImmediate(resolve))
}

describe.skipIf(!postgres.available)('Deployment', () => {
  const { namespace: schema } = postgres
  const deployments = new Set<Deployment>()
  let pool: Pool
  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres.url, max: 1 })
    await postgres.setUp(pool)
  })
  afterEach(async () => {
    for (const deployment of deployments) await deployment.close()
    deployments.clear()
  })
  afterAll(async () => {
    await postgres.tearDown()
    await pool.end()
  })

  async function open(pipelines: readonly AnyPipeline[], options: Partial<DeployOptions> = {}): Promise<Deployment> {
    const deployment = await deploy(pipelines, { databaseUrl: postgres.url, schema, pollInterval: 10, ...options })
    deployments.add(deployment)
    return deployment
  }
  /** Tells the connections of a deployment from those of others. */
  const named = () => `${postgres.url}&application_name=${schema}`
  const asks = (pipelines: readonly AnyPipeline[], options: Partial<DeployOptions> = {}) =>
    open(pipelines, { work: false, connections: 4, ...options })

  // The first, so that it sees the tables being made.
  it('says nothing on the console, and shows no password', async () => {
    const quiet = definePipeline('quiet').step('a', { run: () => 1 })
    const written = vi.spyOn(console, 'log')
    const said: string[] = []
    const listen = (message: unknown): void => void said.push(inspect(message, { depth: 9 }))
    const channels = ['log', 'trouble', 'recovered'].map((name) => `empire:pipeline-dbos:${name}`)
    for (const channel of channels) subscribe(channel, listen)
    const url = new URL(postgres.url)
    url.password = 'hunter2'
    try {
      const worker = await open([quiet], { databaseUrl: url.href })
      await worker.run(quiet, undefined)
      await worker.close()
      const none = await deploy([double], { databaseUrl: 'postgres://user:hunter2@127.0.0.1:1/none' }).catch(
        (error: unknown) => error,
      )
      expect(none).toMatchObject({
        code: 'database_unavailable',
        message:
          'Expected PostgreSQL at 127.0.0.1:1/none to answer, got "connect ECONNREFUSED 127.0.0.1:1". Start it, or correct "databaseUrl".',
      })
      said.push(inspect(none), String((none as Error).stack), inspect(worker, { depth: 9 }))
    } finally {
      for (const channel of channels) unsubscribe(channel, listen)
    }
    expect(said.length).toBeGreaterThan(5)
    expect(said.join('\n')).not.toContain('hunter2')
    expect(written).not.toHaveBeenCalled()
  })

  it('starts runs elsewhere, and gives their results with their types', async () => {
    const client = await asks([double])
    const run = await client.start(double, 4, { runId: 'typed' })
    expect(await collect(client.list({ status: 'queued' }))).toEqual([
      { runId: 'typed', pipeline: 'double', queue: 'default', at: expect.any(Number), status: 'queued' },
    ])
    expect(await client.read('typed')).toBeUndefined()
    await open([double])
    const { outputs } = await run.result()
    outputs.double satisfies number
    expect(outputs).toEqual({ double: 8 })
    expect((await client.result('typed')).outputs).toEqual({ double: 8 })
    expect((await client.read('typed'))?.entries.at(-1)).toMatchObject({ type: 'run-end', status: 'completed' })
    expect(await collect(client.list({ pipeline: 'double', status: 'completed' }))).toMatchObject([{ runId: 'typed' }])
    expect(await collect(client.list({ pipeline: 'triple' }))).toEqual([])
  })

  it('knows a run by its id', async () => {
    const triple = definePipeline<number>('triple').step('triple', { run: ({ input }) => input * 3 })
    const client = await asks([double, triple])
    await client.start(double, 1, { runId: 'same' })
    await client.start(double, 1, { runId: 'same', queue: 'default', priority: 3 })
    expect((await collect(client.list())).filter(({ runId }) => runId === 'same')).toHaveLength(1)
    await expect(client.start(double, 2, { runId: 'same' })).rejects.toMatchObject({ code: 'run_input_changed' })
    await expect(client.start(triple, 1, { runId: 'same' })).rejects.toMatchObject({
      code: 'other_pipeline',
      message: 'Run "same" is one of pipeline "double", not of "triple". Give another run an id of its own.',
    })
  })

  it('begins runs of a queue by priority, so many at a time', async () => {
    const order: number[] = []
    let atWork = 0
    let most = 0
    const pipeline = definePipeline<number>('turns').step('turn', {
      run: async ({ input }) => {
        most = Math.max(most, ++atWork)
        order.push(input)
        await pool.query('SELECT 1')
        atWork--
      },
    })
    const options = { queues: { single: { concurrency: 1 } } }
    const client = await asks([pipeline], options)
    const runs = await Promise.all(
      [5, 1, 3].map((input) => client.start(pipeline, input, { queue: 'single', priority: input })),
    )
    await open([pipeline], options)
    await Promise.all(runs.map(({ result }) => result()))
    expect(order).toEqual([1, 3, 5])
    expect(most).toBe(1)
  })

  it('begins no more runs of a queue than its rate', async () => {
    const worker = await open([double], { queues: { slow: { rate: { limit: 2, period: 3_600_000 } } } })
    const runs = await Promise.all([1, 2, 3, 4].map((input) => worker.start(double, input, { queue: 'slow' })))
    const { runId } = await Promise.race(runs.map(({ result }) => result()))
    const ended = async () =>
      (await collect(worker.list())).filter((run) => run.queue === 'slow' && run.status === 'completed')
    await until(async () => (await ended()).length === 2)
    // Others come and go meanwhile.
    for (let count = 0; count < 3; count++) await worker.run(double, count)
    expect(await ended()).toHaveLength(2)
    expect(runs.map((run) => run.runId)).toContain(runId)
  })

  it('cancels a run that waits for its time, without any worker', async () => {
    const client = await asks([double])
    const run = await client.start(double, 1, { runId: 'later', delay: 3_600_000 })
    await run.cancel({ reason: 'nobody wants it' })
    await expect(run.result()).rejects.toMatchObject({
      code: 'run_cancelled',
      message: 'Run "later" was cancelled: nobody wants it',
      details: { runId: 'later' },
    })
    await run.cancel()
    expect(await collect(client.list({ status: 'aborted' }))).toMatchObject([{ runId: 'later' }])
    const { rows } = await pool.query(
      `SELECT status FROM ${schema}.workflow_status WHERE workflow_uuid = 'run:1:later'`,
    )
    expect(rows).toEqual([{ status: 'CANCELLED' }])
  })

  it('cancels a run at work, which is undone first', async () => {
    const { pipeline, reached, undone } = createGate()
    const client = await asks([pipeline])
    await open([pipeline])
    const run = await client.start(pipeline, undefined)
    await reached
    await run.cancel()
    await expect(run.result()).rejects.toMatchObject({ code: 'run_cancelled' })
    expect(undone).toEqual([undefined, 'first'])
    await expect(client.result(run.runId)).rejects.toMatchObject({ code: 'run_cancelled' })
  })

  it('undoes a run that was cancelled while it had no worker', async () => {
    const gate = createGate()
    const client = await asks([gate.pipeline])
    const worker = await open([gate.pipeline])
    const run = await client.start(gate.pipeline, undefined)
    await gate.reached
    await worker.close()
    expect(gate.undone).toEqual([])
    await run.cancel()
    gate.isOpen = true
    await open([gate.pipeline])
    await expect(run.result()).rejects.toMatchObject({ code: 'run_cancelled' })
    expect(gate.undone).toEqual([undefined, 'first'])
  })

  it('hands a run back that is of a pipeline it has not, and gives it up after so many times', async () => {
    const other = definePipeline<number>('other').step('a', { run: ({ input }) => input })
    const client = await asks([other])
    const worker = await open([double], { maxAttempts: 2 })
    const run = await client.start(other, 7, { runId: 'unknown' })
    await expect(run.result()).rejects.toMatchObject({
      code: 'run_abandoned',
      message:
        'Run "unknown" of pipeline "other" was taken up 2 times, and no worker that did so has that pipeline. Deploy it, and start the run again: it goes on where it was.',
    })
    expect(await collect(client.list({ pipeline: 'other', status: 'stopped' }))).toMatchObject([{ runId: 'unknown' }])
    await worker.close()
    await open([other])
    expect((await (await client.start(other, 7, { runId: 'unknown' })).result()).outputs).toEqual({ a: 7 })
  })

  it('works on its own runs while there are others that it hands back', async () => {
    const other = definePipeline<number>('others').step('a', { run: ({ input }) => input })
    const options = { queues: { shared: { workerConcurrency: 1 } } }
    const client = await asks([double, other], options)
    for (const input of [1, 2]) await client.start(other, input, { queue: 'shared' })
    const run = await client.start(double, 3, { queue: 'shared', priority: 1 })
    await open([double], options)
    expect((await run.result()).outputs).toEqual({ double: 6 })
    expect(await collect(client.list({ pipeline: 'others', status: 'queued' }))).toHaveLength(2)
  })

  it('gives up a run whose workers end each time, and goes on with it when it is started again', async () => {
    const gate = createGate()
    const client = await asks([gate.pipeline])
    const run = await client.start(gate.pipeline, undefined, { runId: 'deadly' })
    const held = `SELECT FROM ${schema}.pipeline_runs WHERE run_id = 'deadly' AND session IS NOT NULL`
    for (let deploys = 0; deploys < 3; deploys++) {
      const worker = await open([gate.pipeline], { maxAttempts: 1 })
      await until(async () => (await pool.query(held)).rowCount === 1)
      await worker.close()
    }
    // As if the last one had not been closed.
    await pool.query(`UPDATE ${schema}.pipeline_runs SET attempts = attempts + 1 WHERE run_id = 'deadly'`)
    await open([gate.pipeline], { maxAttempts: 1 })
    await expect(run.result()).rejects.toMatchObject({
      code: 'run_abandoned',
      details: { runId: 'deadly', pipeline: 'gate', attempts: 1 },
    })
    gate.isOpen = true
    const again = await client.start(gate.pipeline, undefined, { runId: 'deadly' })
    expect((await again.result()).outputs).toEqual({ first: 'first', wait: 'through' })
    expect(gate.undone).toEqual([])
  })

  it('refuses a run of another definition by name, and goes on with it where somebody migrates it', async () => {
    const gate = createGate('changing')
    const before = await open([gate.pipeline])
    await before.start(gate.pipeline, undefined, { runId: 'old' })
    await gate.reached
    await before.close()
    const changed = definePipeline('changing')
      .step('first', { run: () => 'again' })
      .step('last', { needs: ['first'], run: ({ needs }) => `after ${needs.first}` })
    const refusing = await open([changed])
    await expect(refusing.run(changed, undefined, { runId: 'old' })).rejects.toMatchObject({
      code: 'pipeline_changed',
      details: { differences: expect.arrayContaining(['step "wait" was removed']) },
    })
    await refusing.close()
    const migrate = { changing: (entries: readonly { key?: string }[]) => entries.filter(({ key }) => key !== 'wait') }
    const migrating = await open([changed], { migrate: migrate as never })
    const { outputs } = await migrating.run(changed, undefined, { runId: 'old' })
    expect(outputs).toEqual({ first: 'first', last: 'after first' })
  })

  it('runs a run that nobody has begun with the definition of today', async () => {
    const before = definePipeline('today').step('a', { run: () => 'a' })
    const after = definePipeline('today').step('b', { run: () => 'b' })
    const run = await (await asks([before])).start(before, undefined)
    // As if so many workers had not had it.
    await pool.query(`UPDATE ${schema}.pipeline_runs SET attempts = 5 WHERE pipeline = 'today'`)
    await open([after], { maxAttempts: 1 })
    await until(
      async () => (await collect((await asks([after])).list({ pipeline: 'today' })))[0]?.status === 'completed',
    )
    const result = (await run.result()) as { outputs: unknown }
    expect(result.outputs).toEqual({ b: 'b' })
  })

  it('starts runs by a schedule, each once', async () => {
    const times: string[] = []
    const pipeline = definePipeline<string>('tick').step('tick', { run: ({ input }) => times.push(input) })
    const options = { cron: '* * * * * *', input: (at: Date) => at.toISOString() }
    // A worker asks for schedules when it begins, and then once a second.
    await (await asks([pipeline])).schedule('every-second', pipeline, options)
    const worker = await open([pipeline])
    await worker.schedule('every-second', pipeline, options)
    // No time is lost to a database that fails.
    const failed = Promise.withResolvers<unknown>()
    const listen = (message: unknown): void => {
      if ((message as { task: string }).task === 'schedule') failed.resolve(message)
    }
    subscribe('empire:pipeline-dbos:trouble', listen)
    await pool.query(`ALTER TABLE ${schema}.pipeline_runs RENAME COLUMN queue TO queue_lost`)
    await failed.promise
    await pool.query(`ALTER TABLE ${schema}.pipeline_runs RENAME COLUMN queue_lost TO queue`)
    unsubscribe('empire:pipeline-dbos:trouble', listen)
    await until(() => times.length >= 2)
    await worker.unschedule('every-second')
    const { rows: fired } = await pool.query<{ status: string }>(
      `SELECT status FROM ${schema}.workflow_status WHERE name = 'schedule'`,
    )
    expect(fired.map(({ status }) => status)).not.toContain('ERROR')
    await until(
      async () => (await collect(worker.list({ pipeline: 'tick', status: 'completed' }))).length === times.length,
    )
    const runs = await collect(worker.list({ pipeline: 'tick' }))
    expect(runs.map(({ runId }) => runId)).toEqual(expect.arrayContaining(times.map((time) => `every-second@${time}`)))
    expect(new Set(times).size).toBe(times.length)
    const { rows } = await pool.query(`SELECT 1 FROM ${schema}.workflow_schedules`)
    expect(rows).toEqual([])
  })

  it('says so when the database has failed', async () => {
    const client = await asks([double])
    await pool.query(`ALTER SCHEMA ${schema} RENAME TO ${schema}_gone`)
    const failures = [
      client.start(double, 1),
      client.result('r'),
      client.cancel('r'),
      client.read('r'),
      collect(client.list()),
      client.unschedule('s'),
    ]
    for (const failure of await Promise.allSettled(failures)) {
      expect(failure).toMatchObject({ reason: { code: 'database_unavailable', retryable: true } })
    }
    await pool.query(`ALTER SCHEMA ${schema}_gone RENAME TO ${schema}`)
  })

  it('tells observers what the runs of this process do', async () => {
    const seen: unknown[] = []
    const observer: RunObserver = { observe: (event, unit) => void seen.push([event.type, unit?.output]) }
    const worker = await open([double], { observers: [observer] })
    await worker.run(double, 2)
    expect(seen).toContainEqual(['step-end', 4])
  })

  it('rejects who waits when it is closed, and when they do not want to wait any longer', async () => {
    const client = await asks([double])
    const run = await client.start(double, 1, { runId: 'waiting', delay: 3_600_000 })
    const controller = new AbortController()
    const impatient = run.result({ signal: controller.signal })
    controller.abort('enough')
    await expect(impatient).rejects.toBe('enough')
    const patient = run.result()
    await Promise.all([expect(patient).rejects.toMatchObject({ name: 'AbortError' }), client.close()])
    await expect(client.start(double, 1)).rejects.toMatchObject({ name: 'AbortError' })
    await expect(client.result('waiting')).rejects.toMatchObject({ name: 'AbortError' })
    await client.close()
  })

  it('leaves no connection, no holder and no listener behind', async () => {
    const connections = async () => {
      const { rows } = await pool.query('SELECT 1 FROM pg_stat_activity WHERE application_name = $1', [schema])
      return rows.length
    }
    const worker = await open([double], { databaseUrl: named() })
    await worker.run(double, 1)
    expect(await connections()).toBeGreaterThan(0)
    await worker.close()
    await until(async () => (await connections()) === 0)
    expect((await pool.query(`SELECT 1 FROM ${schema}.pipeline_holders`)).rows).toEqual([])
  })

  it('removes runs that have ended, and no others', async () => {
    const fails = definePipeline('fails').step('fail', { run: () => Promise.reject(new Error('boom')) })
    const options = { queues: { rated: { rate: { limit: 9, period: 3_600_000 } } } }
    const worker = await open([double, fails], options)
    const ended = ['completed', 'failed', 'cancelled', 'rated', 'stopped', 'fired']
    for (const runId of ['completed', 'stopped', 'fired']) await worker.run(double, 1, { runId })
    await expect(worker.run(fails, undefined, { runId: 'failed' })).rejects.toMatchObject({ code: 'step_failed' })
    for (const runId of ['cancelled', 'queued']) await worker.start(double, 1, { runId, delay: 3_600_000 })
    await worker.cancel('cancelled')
    await (await worker.start(double, 1, { runId: 'rated', queue: 'rated' })).result()
    // DBOS has it a little later.
    const known = async (): Promise<string[]> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT attributes->>'runId' AS id FROM ${schema}.workflow_status WHERE attributes->>'runId' = ANY ($1) AND completed_at IS NOT NULL`,
        [ended],
      )
      return rows.map(({ id }) => id)
    }
    await until(async () => (await known()).length === ended.length)
    await pool.query(`UPDATE ${schema}.pipeline_runs SET state = 'stopped' WHERE run_id = 'stopped'`)
    const fired = `UPDATE ${schema}.workflow_status SET name = 'schedule', completed_at = completed_at - $1::bigint WHERE workflow_uuid = 'run:1:fired'`
    await pool.query(fired, [0])
    expect(await worker.purge({ olderThan: 3_600_000 })).toBe(0)
    expect(await worker.purge({ olderThan: 0 })).toBeGreaterThanOrEqual(3)
    const left = (await collect(worker.list())).map(({ runId }) => runId)
    expect(left).toEqual(expect.arrayContaining(['queued', 'rated', 'stopped']))
    for (const runId of ['completed', 'failed', 'cancelled']) {
      expect(left).not.toContain(runId)
      expect(await worker.read(runId)).toBeUndefined()
      await expect(worker.result(runId)).rejects.toMatchObject({ code: 'run_not_found' })
    }
    // By which the rate is counted, and by which other workers know that the time of a schedule has had its run.
    expect((await known()).toSorted()).toEqual(['fired', 'rated'])
    await pool.query(fired, [3_600_000])
    const { rows } = await pool.query(
      `SELECT run_id FROM ${schema}.pipeline_entries WHERE run_id NOT IN (SELECT run_id FROM ${schema}.pipeline_runs)`,
    )
    expect(rows).toEqual([])
    expect(await worker.purge({ olderThan: 0 })).toBe(1)
    expect(await known()).toEqual(['rated'])
    await expect(worker.purge({ olderThan: 0, signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
  })

  it('does not wait for a database that is away', async () => {
    await using proxy = await createProxy(postgres.url)
    const gate = createGate()
    const openThere = () =>
      deploy([gate.pipeline], { databaseUrl: proxy.url, schema, pollInterval: 10, lease: 100, connections: 4 })
    const refused = await openThere()
    await refused.start(gate.pipeline, undefined)
    await gate.reached
    proxy.cut()
    await expect(refused.start(gate.pipeline, undefined)).rejects.toMatchObject({ code: 'database_unavailable' })
    await refused.close()
    proxy.restore()

    const silent = await openThere()
    proxy.freeze()
    const controller = new AbortController()
    const waiting = [
      silent.start(gate.pipeline, undefined, { signal: controller.signal }),
      silent.result('silent', { signal: controller.signal }),
    ]
    controller.abort('enough')
    for (const outcome of await Promise.allSettled(waiting)) {
      expect(outcome).toEqual({ status: 'rejected', reason: 'enough' })
    }
    const reading = silent.read('silent').catch((error: unknown) => error)
    await silent.close()
    expect(await reading).toMatchObject({ code: 'database_unavailable' })

    // Whoever gives up while it does not answer can deploy again.
    const giving = new AbortController()
    const opening = deploy([double], { databaseUrl: proxy.url, schema, signal: giving.signal })
    giving.abort('enough')
    await expect(opening).rejects.toBe('enough')
    proxy.thaw()
    await until(() =>
      openThere().then(
        async (worker) => (await worker.close(), true),
        () => false,
      ),
    )
  })

  it('goes on with a run whose database failed for a while', async () => {
    const gate = createGate()
    // What its worker survives is no attempt.
    const worker = await open([gate.pipeline], { databaseUrl: named(), maxAttempts: 1 })
    const troubles: string[] = []
    const listen = (message: unknown): void => void troubles.push((message as { task: string }).task)
    subscribe('empire:pipeline-dbos:trouble', listen)
    const run = await worker.start(gate.pipeline, undefined)
    await gate.reached
    await pool.query(`ALTER TABLE ${schema}.pipeline_entries RENAME TO pipeline_entries_lost`)
    await pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [schema])
    gate.open()
    await until(() => troubles.includes('run'))
    await pool.query(`ALTER TABLE ${schema}.pipeline_entries_lost RENAME TO pipeline_entries`)
    expect((await run.result()).outputs).toEqual({ first: 'first', wait: 'through' })
    expect(gate.undone).toEqual([])
    unsubscribe('empire:pipeline-dbos:trouble', listen)
  })

  it('works for one deployment at a time', async () => {
    const worker = await open([double])
    await expect(open([double])).rejects.toThrow(
      new TypeError(
        'deploy: this process works for another deployment, or runs DBOS by itself, and can only do one of that. Close it first, or deploy with "work: false".',
      ),
    )
    await worker.close()
    await (await open([double])).run(double, 1)
  })

  it('gives up when it is not wanted any more', async () => {
    await expect(open([double], { signal: AbortSignal.abort('too late') })).rejects.toBe('too late')
    const controller = new AbortController()
    const opening = open([double], { signal: controller.signal })
    controller.abort('enough')
    await expect(opening).rejects.toBe('enough')
    await until(() =>
      open([double]).then(
        () => true,
        () => false,
      ),
    )
  })

  it('gives the result of a run that has ended at once, whatever else is waited for', async () => {
    const worker = await open([double])
    await worker.run(double, 4, { runId: 'ended' })
    const client = await asks([], { pollInterval: 3_600_000 })
    for (let times = 0; times < 2; times++) expect((await client.result('ended')).outputs).toEqual({ double: 8 })
  })

  it('refuses what it does not know', async () => {
    const client = await asks([double], { queues: { mail: {} } })
    await expect(client.result('none')).rejects.toMatchObject({ code: 'run_not_found' })
    await expect(client.cancel('none')).rejects.toMatchObject({ code: 'run_not_found' })
    await expect(client.run(double, 1, { onEvent: () => {} })).rejects.toMatchObject({
      code: 'unsupported',
      message: 'A deployment has no "onEvent". Subscribe to pipelineEvents in the workers, or read the journal.',
    })
    await expect(client.start(definePipeline('doubel').step('a', { run: () => 1 }), undefined)).rejects.toThrow(
      new TypeError('start: there is no pipeline "doubel" in this deployment. Did you mean "double"?'),
    )
    await expect(client.start(definePipeline('double').step('a', { run: () => 1 }), undefined)).rejects.toThrow(
      new TypeError('start: this deployment has another pipeline "double". Pass the one that was deployed.'),
    )
    await expect(client.start(double, 1, { queue: 'mial' })).rejects.toThrow(
      new TypeError('start: there is no queue "mial" in this deployment. Did you mean "mail"?'),
    )
    await expect(client.start(double, 1, { priority: -1 })).rejects.toThrow(
      new TypeError('start: "priority" must be a whole number from 0 to 2147483647, got a number (-1).'),
    )
    await expect(client.start(double, 1, { runId: '\0' })).rejects.toThrow(
      new TypeError(
        'start: "runId" must be a string of 1 to 500 characters without NUL and lone surrogates, got another.',
      ),
    )
    // One that was kept as another.
    await expect(client.result('\uD800')).rejects.toThrow(
      new TypeError(
        'result: "runId" must be a string of 1 to 500 characters without NUL and lone surrogates, got another.',
      ),
    )
    await expect(client.result('none', { singal: undefined } as never)).rejects.toThrow(
      new TypeError('result: "options" has no key "singal". Did you mean "signal"?'),
    )
    await expect(client.cancel('none', { reason: 5 as never })).rejects.toThrow(
      new TypeError('cancel: "reason" must be a string, got a number (5).'),
    )
    await expect(collect(client.list({ stauts: 'queued' } as never))).rejects.toThrow(
      new TypeError('list: "filter" has no key "stauts". Did you mean "status"?'),
    )
    await expect(client.purge({} as never)).rejects.toThrow(
      new TypeError('purge: "olderThan" must be a number of milliseconds, at least 0, got undefined.'),
    )
    await expect(client.start(double, Number.NaN)).rejects.toMatchObject({ code: 'not_json' })
    await expect(client.schedule('s', double, { cron: '99 * * * *', input: () => 1 })).rejects.toThrow(TypeError)
    await expect(client.schedule('s', double, { cron: 'daily', input: () => 1 })).rejects.toThrow(
      new TypeError('schedule "s": "cron" must have five fields, or six with seconds, got a string ("daily").'),
    )
    const daily = { cron: '0 3 * * *', input: () => 1 }
    await expect(client.schedule('s', double, { ...daily, queue: 'mial' })).rejects.toThrow(
      new TypeError('schedule "s": there is no queue "mial" in this deployment. Did you mean "mail"?'),
    )
    await expect(client.schedule('s', double, { ...daily, timeZone: 1 as never })).rejects.toThrow(
      new TypeError('schedule "s": "timeZone" must be a name such as Europe/Vienna, got a number (1).'),
    )
    await expect(client.schedule('s', double, { ...daily, catchUp: 'yes' as never })).rejects.toThrow(
      new TypeError('schedule "s": "catchUp" must be true or false, got a string ("yes").'),
    )
    await expect(client.schedule('s'.repeat(401), double, daily)).rejects.toThrow(
      new TypeError(
        'schedule: "name" must be a string of 1 to 400 characters without NUL and lone surrogates, got another.',
      ),
    )
  })
})

describe('deploy', () => {
  const databaseUrl = 'postgres://127.0.0.1:1/none'

  it.each([
    [[double], { databaseUrl, queue: {} }, 'deploy: "options" has no key "queue". Did you mean "queues"?'],
    [
      [double, double],
      { databaseUrl },
      'deploy: there are two pipelines named "double", and a run knows its pipeline by name.',
    ],
    [
      [double],
      { databaseUrl, queues: { a: { concurrency: 1, workerConcurrency: 2 } } },
      'deploy: queue "a": "workerConcurrency" must be at most "concurrency" (1), got a number (2).',
    ],
    [
      [double],
      { databaseUrl, queues: { a: { rate: { limit: 1, periode: 2 } } } },
      'deploy: queue "a": "rate" has no key "periode". Did you mean "period"?',
    ],
    [
      [double],
      { databaseUrl, work: ['defualt'] },
      'deploy: "work" names no queue of this deployment: "defualt". Did you mean "default"?',
    ],
    [
      [double],
      { databaseUrl, migrate: { duoble: () => [] } },
      'deploy: "migrate" names no pipeline of this deployment: "duoble". Did you mean "double"?',
    ],
    [[double], { databaseUrl, connections: 2 }, 'deploy: "connections" must be at least 4, got a number (2).'],
    ['double', { databaseUrl }, 'deploy: "pipelines" must be an array of pipelines, got a string ("double").'],
  ])('refuses %o, %o', async (pipelines, options, message) => {
    await expect(deploy(pipelines as never, options as never)).rejects.toThrow(new TypeError(message))
  })
})
