import { fileSource, ingest, type Sink } from '@empire/ingest'
import { openKnowledgeBase } from './knowledge-base.ts'

/**
 * A process that brings a knowledge base up to date with a folder: `node ingest-worker.ts folder database [killAt]`. It kills
 * itself when the index has taken so many documents: the state does not know of the last of them then. Else it prints the report.
 */
const [folder = '', database = '', killAt] = process.argv.slice(2)

function killedAfter(sink: Sink, writes: number): Sink {
  let written = 0
  return {
    ...sink,
    async write(document, chunks, options) {
      await sink.write(document, chunks, options)
      if (++written === writes) process.kill(process.pid, 'SIGKILL')
    },
  }
}

const { index: _, close, sink, ...stores } = await openKnowledgeBase(database)
const report = await ingest({
  ...stores,
  source: fileSource(['.'], { cwd: folder }),
  sink: killedAfter(sink, Number(killAt)),
})
await close()
process.stdout.write(JSON.stringify(report))
