import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createManualClock, type TemporaryDirectory, temporaryDirectory } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSqliteState } from './create-sqlite-state.ts'
import { fileSource } from './file-source.ts'
import { ingest } from './ingest.ts'
import { ndjsonSink } from './ndjson-sink.ts'
import { readNdjson } from './read-ndjson.ts'

const library = new URL('../index.ts', import.meta.url).href

/** Runs as a process of its own, so that it can be killed. */
const program = `
  const { createSqliteState, fileSource, ingest, ndjsonSink } = await import(${JSON.stringify(library)})
  const [folder, state, log] = process.argv.slice(1)
  await ingest({
    source: fileSource(['.'], { cwd: folder }),
    sink: ndjsonSink(log),
    state: createSqliteState({ path: state }),
    onEvent: ({ type }) => process.stdout.write(type === 'end' ? 'end\\n' : '.\\n'),
  })
`

let docs: TemporaryDirectory
let store: TemporaryDirectory
beforeEach(() => {
  docs = temporaryDirectory()
  store = temporaryDirectory()
})
afterEach(async () => {
  await docs.remove()
  await store.remove()
})

/** Starts a run and kills it after so many items have ended. */
async function runAndKill(after: number): Promise<void> {
  const args = ['--input-type=module', '-e', program, docs.path, store.join('state.db'), store.join('log.ndjson')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let lines = 0
  for await (const data of child.stdout) {
    lines += String(data).split('\n').length - 1
    if (lines >= after) child.kill('SIGKILL')
  }
  await exited
}

async function finish() {
  const state = createSqliteState({ path: store.join('state.db') })
  const sink = ndjsonSink(store.join('log.ndjson'))
  const clock = createManualClock({ now: Date.now() + 60_000 })
  const report = await ingest({ source: fileSource(['.'], { cwd: docs.path, clock }), sink, state })
  await sink.close()
  await state.close()
  return report
}

async function contents(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const { path, text } of readNdjson(store.join('log.ndjson'))) found[path] = (found[path] ?? '') + text
  return found
}

describe('ingest, killed in the middle', () => {
  it('is completed by the next run, and leaves no half document', async () => {
    const expected: Record<string, string> = {}
    for (let index = 0; index < 150; index++) {
      expected[`${index}.txt`] = `Document ${index}. ${'word '.repeat(index * 3)}end.`
      writeFileSync(docs.join(`${index}.txt`), expected[`${index}.txt`]!)
    }
    for (const after of [1, 70]) {
      await runAndKill(after)
      // What is there is whole.
      for (const [path, text] of Object.entries(await contents())) {
        expect(text.replaceAll(/\s/g, '')).toBe(expected[path]!.replaceAll(/\s/g, ''))
      }
    }
    for (const path of ['3.txt', '77.txt']) {
      rmSync(docs.join(path))
      delete expected[path]
    }
    const report = await finish()
    expect(report.indexed + report.unchanged).toBe(148)
    expect(report.unchanged).toBeGreaterThan(20)
    const found = await contents()
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted())
    for (const [path, text] of Object.entries(found)) {
      expect(text.replaceAll(/\s/g, '')).toBe(expected[path]!.replaceAll(/\s/g, ''))
    }
    const size = statSync(store.join('log.ndjson')).size
    expect(await finish()).toMatchObject({ found: 148, unchanged: 148 })
    expect(statSync(store.join('log.ndjson')).size).toBe(size)
    expect(readFileSync(store.join('log.ndjson'), 'utf8').endsWith('\n')).toBe(true)
  })
})
