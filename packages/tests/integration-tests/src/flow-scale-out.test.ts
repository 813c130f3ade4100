import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deploy } from '@empire/pipeline-dbos'
import { service } from '@empire/test-support/services'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { houses } from './flow/houses.ts'
import { openKnowledgeBase } from './flow/knowledge-base.ts'
import { createIngestPipeline } from './flow/scale-out-pipeline.ts'
import { temporaryFolder } from './temporary-folder.ts'

const postgres = service('postgres')
const program = fileURLToPath(new URL('flow/scale-out-worker.ts', import.meta.url))
const folders = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']
const isLong = process.env['EMPIRE_TEST_FAULTS'] === '1'
const documents = isLong ? 25 : 12
const workers = 4

/** Only its name and its form count here: the work is done elsewhere. */
const pipeline = createIngestPipeline(() => Promise.reject(new Error('This process ingests nothing.')))

type Deaths = Readonly<Record<string, number>>

/** After how many documents of which folders a worker kills itself. */
const deaths: readonly Deaths[] = isLong
  ? [
      { first: 1, second: 13 },
      { first: 1, second: 13, eighth: 25 },
      { fifth: 25, sixth: 24, seventh: 1 },
    ]
  : [{ first: 10 }]

describe.skipIf(!postgres.available)('ingestion on the queues of pipeline-dbos, partitioned by source', () => {
  let pool: Pool
  beforeAll(async () => {
    pool = new Pool({ connectionString: postgres.url, max: 2 })
    await postgres.setUp(pool)
  })
  afterAll(async () => {
    await postgres.tearDown()
    await pool.end()
  })

  it.each(deaths)(
    'loses and doubles nothing when of four workers some are killed: %o',
    { timeout: 60_000 },
    async (death) => {
      const files = folders.map((folder) =>
        Object.entries(houses(documents)).map(([path, text]) => [`${folder}/${path}`, text]),
      )
      const docs = await temporaryFolder(Object.fromEntries(files.flat()))
      const stores = await temporaryFolder({})
      const deployment = await deploy([pipeline], {
        databaseUrl: postgres.url,
        schema: postgres.namespace,
        queues: { ingestion: { workerConcurrency: 1 } },
        work: false,
        pollInterval: 50,
        connections: 4,
      })
      onTestFinished(() => deployment.close())
      for (let count = 0; count < workers; count++) startWorker(docs, stores, death)

      const ingestAll = (time: string) =>
        Promise.all(
          folders.map(async (folder) => {
            const options = { runId: `${folder}@${time} of ${stores}`, queue: 'ingestion' }
            const run = await deployment.start(pipeline, { folder }, options)
            return (await run.result()).outputs.ingest
          }),
        )
      const reports = await ingestAll('monday')
      for (const [position, folder] of folders.entries()) {
        const { unchanged = 0, ...report } = reports[position] ?? {}
        expect(report).toMatchObject({ found: documents, indexed: documents - unchanged, problems: 0 })
        // The last batch before the kill was gathered, or in the index, but not in the state.
        expect(unchanged).toBeLessThan(death[folder] ?? 1)
      }
      for (const folder of Object.keys(death)) {
        const victim = Number(await readFile(join(stores, `${folder}.killed`), 'utf8'))
        expect(reports[folders.indexOf(folder)]?.worker).not.toBe(victim)
      }
      const present = (await readdir(stores)).filter((name) => name.endsWith('.present'))
      expect(present).toHaveLength(workers)

      for (const report of await ingestAll('tuesday')) {
        expect(report).toMatchObject({ found: documents, unchanged: documents, indexed: 0 })
      }
      const { index, close } = await openKnowledgeBase(join(stores, 'index.db'))
      onTestFinished(close)
      const { hits } = await index.search({ limit: 1000, fields: ['document'] })
      const expected = files.flat().map(([path = '']) => path.replace('/', ':'))
      expect(hits.map(({ fields }) => String(fields.document)).toSorted()).toEqual(expected.toSorted())
    },
  )
})

function startWorker(docs: string, stores: string, death: Deaths): void {
  const words = [program, postgres.url, postgres.namespace, docs, stores, String(workers), JSON.stringify(death)]
  const worker = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] })
  onTestFinished(() => kill(worker))
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const ended = once(worker, 'exit')
  worker.kill('SIGKILL')
  await ended
}
