import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createRandom, temporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createSqliteState } from './create-sqlite-state.ts'
import { fileSource } from './file-source.ts'
import { ingest } from './ingest.ts'
import { ndjsonSink } from './ndjson-sink.ts'
import { readNdjson } from './read-ndjson.ts'

const library = new URL('../index.ts', import.meta.url).href

const program = `
  const { createSqliteState, fileSource, ingest, ndjsonSink } = await import(${JSON.stringify(library)})
  const [folder, state, log] = process.argv.slice(1)
  process.stdout.write('ready\\n')
  await ingest({
    source: fileSource(['.'], { cwd: folder }),
    sink: ndjsonSink(log),
    state: createSqliteState({ path: state }),
  })
`

function squeeze(text: string | undefined): string | undefined {
  return text?.replaceAll(/\s/g, '')
}

describe('ingest, killed at any moment', () => {
  it('has in the end what the folder has, whatever changed between the kills', async () => {
    const { next, integer, pick } = createRandom(process.env['EMPIRE_TEST_SEED'] ?? Date.now())
    await using docs = temporaryDirectory()
    await using store = temporaryDirectory()
    const expected = new Map<string, string>()
    const change = (): void => {
      for (let time = 0; time < 60; time++) {
        const path = `${integer(0, 299)}.txt`
        if (next() < 0.2) {
          rmSync(docs.join(path), { force: true })
          expected.delete(path)
        } else {
          const text = `${next()} ${pick(['word ', 'other text. '])}`.repeat(integer(1, 2000))
          writeFileSync(docs.join(path), text)
          expected.set(path, text.trim())
        }
      }
    }
    const contents = async (): Promise<Map<string, string>> => {
      const found = new Map<string, string>()
      for await (const { path, text } of readNdjson(store.join('log.ndjson'))) {
        found.set(path, (found.get(path) ?? '') + text)
      }
      return found
    }
    for (let time = 0; time < 40; time++) {
      change()
      const args = ['--input-type=module', '-e', program, docs.path, store.join('state.db'), store.join('log.ndjson')]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      const timer = setTimeout(() => child.kill('SIGKILL'), integer(0, 400))
      await once(child, 'exit')
      clearTimeout(timer)
    }
    const state = createSqliteState({ path: store.join('state.db') })
    const sink = ndjsonSink(store.join('log.ndjson'))
    const report = await ingest({ source: fileSource(['.'], { cwd: docs.path }), sink, state })
    await sink.close()
    await state.close()
    expect(report.indexed + report.unchanged).toBe(expected.size)
    const found = await contents()
    expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted())
    for (const [path, text] of found) expect(squeeze(text)).toBe(squeeze(expected.get(path)))
  })
})
