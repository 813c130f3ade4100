import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createSqliteState, fileSource, functionSink, ingest, ndjsonSink, type Sink } from '@empire/ingest'
import { median } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description =
  'What it takes to bring files into a sink, again when nothing has changed, and a lot of text.'

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  return [await files(quick ? 1 : 7), await volume(quick ? [64] : [1024, 10 * 1024])]
}

const count = 1000
const page = `# Page\n\n${`${'Some words of a paragraph that is long. '.repeat(25)}\n\n`.repeat(10)}`

async function files(samples: number): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'empire-bench-'))
  const stores = mkdtempSync(join(tmpdir(), 'empire-bench-'))
  const times: Record<string, Record<'first' | 'second' | 'changed', number[]>> = {}
  try {
    for (let index = 0; index < count; index++) writeFileSync(join(folder, `${index}.md`), page)
    // Until the times of the files are old enough to be trusted.
    await new Promise((resolve) => setTimeout(resolve, 2100))
    for (let sample = 0; sample < samples; sample++) {
      const sinks: Record<string, () => Sink> = {
        'function sink': () => functionSink(drain),
        'NDJSON sink': () => ndjsonSink(join(stores, `${sample}.ndjson`)),
      }
      for (const [name, create] of Object.entries(sinks)) {
        const measured = (times[name] ??= { first: [], second: [], changed: [] })
        const path = join(stores, `${name} ${sample}.db`)
        measured.first.push(await once(folder, create(), path))
        measured.second.push(await once(folder, create(), path))
        for (let index = 0; index < 10; index++) writeFileSync(join(folder, `${index}.md`), `${page}${name} ${sample}`)
        measured.changed.push(await once(folder, create(), path))
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(stores, { recursive: true })
  }
  return {
    title: `${count} files of 10 kB, state in SQLite, ms`,
    columns: ['sink', 'first run', 'nothing changed', '10 files changed'],
    rows: Object.entries(times).map(([name, { first, second, changed }]) => [
      name,
      median(first),
      median(second),
      median(changed),
    ]),
  }
}

const drain: Sink['write'] = async (_document, chunks) => {
  for await (const { text } of chunks) if (text === '') throw new Error('An empty chunk.')
}

/** A run as a process would do it: all is opened anew. */
async function once(cwd: string, sink: Sink, path: string): Promise<number> {
  const start = performance.now()
  const state = createSqliteState({ path })
  const { found, indexed, unchanged } = await ingest({ source: fileSource(['.'], { cwd }), sink, state })
  await sink.close?.()
  await state.close()
  if (found !== count || indexed + unchanged !== count)
    throw new Error(`${indexed} and ${unchanged} of ${count} files.`)
  return performance.now() - start
}

interface Volume {
  readonly seconds: number
  readonly bytes: number
  readonly chunks: number
  readonly memory: readonly number[]
  readonly peak: number
}

async function volume(sizes: readonly number[]): Promise<Table> {
  const rows: Table['rows'] = []
  for (const megabytes of sizes) {
    const args = [join(import.meta.dirname, 'ingest-volume.ts'), `${megabytes}`]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const { seconds, bytes, chunks, memory, peak } = JSON.parse(stdout) as Volume
    const third = Math.max(1, Math.floor(memory.length / 3))
    const [early, late] = [median(memory.slice(0, third)), median(memory.slice(-third))]
    rows.push([bytes / 1e9, chunks, seconds, bytes / 1e6 / seconds, early, late, peak])
  }
  return {
    title: 'Text in items of a megabyte, cut by structure with estimated counts, into a function sink',
    columns: ['GB', 'chunks', 's', 'MB/s', 'first third, MB', 'last third, MB', 'peak, MB'],
    rows,
    notes: ['Memory is resident, of the whole process, with Node and the 55 MB that it takes to read TypeScript.'],
  }
}
