import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileSource, ingest, type Sink } from '@empire/ingest'
import { deploy } from '@empire/pipeline-dbos'
import { openKnowledgeBase } from './knowledge-base.ts'
import { createIngestPipeline } from './scale-out-pipeline.ts'

/**
 * One of several processes that ingest folders into one index: `node scale-out-worker.ts databaseUrl schema docs stores workers
 * deaths`. Each source has a state of its own. None goes on before all the workers are at work. `deaths` says in JSON after how many
 * documents of which folders the worker kills itself that is the first to come so far.
 */
const [databaseUrl = '', schema = '', docs = '', stores = '', workers, deaths = '{}'] = process.argv.slice(2)
const deathIn = JSON.parse(deaths) as Readonly<Record<string, number>>

async function meet(signal: AbortSignal): Promise<void> {
  await writeFile(join(stores, `${process.pid}.present`), '')
  const present = async () => (await readdir(stores)).filter((name) => name.endsWith('.present')).length
  while ((await present()) < Number(workers)) await sleep(10, undefined, { signal })
}

async function dieOnce(folder: string): Promise<void> {
  try {
    await writeFile(join(stores, `${folder}.killed`), String(process.pid), { flag: 'wx' })
  } catch {
    return
  }
  process.kill(process.pid, 'SIGKILL')
}

function watched(sink: Sink, folder: string): Sink {
  let written = 0
  return {
    ...sink,
    async write(document, chunks, options) {
      await sink.write(document, chunks, options)
      if (++written === deathIn[folder]) await dieOnce(folder)
    },
  }
}

const pipeline = createIngestPipeline(async (folder, signal) => {
  await meet(signal)
  const { sink, state, deadLetters, close } = await openKnowledgeBase(join(stores, `${folder}.db`), {
    indexPath: join(stores, 'index.db'),
  })
  try {
    const source = fileSource(['.'], { name: folder, cwd: join(docs, folder) })
    return await ingest({ source, sink: watched(sink, folder), state, deadLetters, signal })
  } finally {
    await close()
  }
})

await deploy([pipeline], {
  databaseUrl,
  schema,
  queues: { ingestion: { workerConcurrency: 1 } },
  lease: 1000,
  pollInterval: 50,
})
