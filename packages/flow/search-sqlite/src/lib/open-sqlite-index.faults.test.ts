import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { createRandom, temporaryDirectory } from '@empire/test-support'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteIndex } from './open-sqlite-index.ts'

const fields = { text: { type: 'text' }, generation: { type: 'number' }, v: { type: 'vector', dimensions: 2 } } as const

/** Puts 30 documents of one generation in place of those of the one before, and says so. */
const script = `
  const [, source, path, first] = process.argv
  const { openSqliteIndex } = await import(source)
  const index = await openSqliteIndex(path, { fields: ${JSON.stringify(fields)} })
  for (let generation = Number(first); ; generation++) {
    const documents = Array.from({ length: 30 }, (_, at) => ({
      id: generation + '-' + at, generation, v: [generation, 1], text: 'fox of generation' + generation + ' filler'.repeat(at) }))
    await index.replace({ not: { term: { generation } } }, documents)
    console.log(generation)
  }`

it.runIf(process.env['EMPIRE_TEST_FAULTS'] === '1')(
  'keeps whole writes only, though their process is killed fifty times',
  async () => {
    expect(await killWriter(50)).toBe('sound')
  },
)

it.runIf(process.env['EMPIRE_TEST_FAULTS'] === '1')(
  'finds words that more documents have than are read at once',
  async () => {
    const folder = temporaryDirectory()
    onTestFinished(() => folder.remove())
    const index = await openSqliteIndex(folder.join('index.db'), { fields: { text: { type: 'text' } } })
    onTestFinished(() => index.close())
    const size = 140_000
    await index.add(
      Array.from({ length: size }, (_, at) => ({
        id: `${at}`.padStart(6, '0'),
        text: at % 2 === 0 ? 'fox' : 'fox dog',
      })),
    )
    expect((await index.search({ query: 'fox' })).total).toBe(size)
    expect((await index.search({ query: { match: 'fox dog', mode: 'all' } })).total).toBe(size / 2)
    const first = await index.search({ query: 'fox', limit: 10_000 })
    const second = await index.search({ query: 'fox', limit: 10_000, cursor: first.cursor })
    expect(second.hits.at(-1)?.id).toBe('039998')
  },
)

/** Reads while another process writes, and is killed so many times: what is found is one whole generation, and none that was told of is lost. */
export async function killWriter(rounds: number): Promise<string> {
  const folder = temporaryDirectory()
  onTestFinished(() => folder.remove())
  const path = folder.join('index.db')
  const random = createRandom(7)
  const reader = await openSqliteIndex(path, { fields })
  onTestFinished(() => reader.close())
  let known = 0
  for (let round = 0; round < rounds; round += 1) {
    const source = new URL('../index.ts', import.meta.url).href
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, source, path, String(known + 1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const end = once(child, 'close')
    let printed = ''
    const last = known + 3 + random.integer(0, 20)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (lastLine(printed) >= last) child.kill('SIGKILL')
    })
    while (child.exitCode === null && child.signalCode === null) {
      await readGeneration(known)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await end
    const said = lastLine(printed)
    known = (await readGeneration(said)) ?? said
  }
  const database = new DatabaseSync(path)
  try {
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    database.exec("INSERT INTO search_1_text (search_1_text) VALUES ('integrity-check')")
    return 'sound'
  } finally {
    database.close()
  }

  /** The generation of all documents: there is one, whole, in every part of the index. */
  async function readGeneration(least: number): Promise<number | undefined> {
    const words = await reader.search({ query: 'fox', limit: 100, fields: ['generation'], facets: { generation: {} } })
    if (words.total === 0 && least === 0) return undefined
    const [bucket] = words.facets['generation'] ?? []
    expect(words.facets).toEqual({ generation: [{ value: bucket?.value, count: 30 }] })
    expect(new Set(words.hits.map((hit) => hit.fields.generation))).toEqual(new Set([bucket?.value]))
    const vectors = await reader.search({ query: { nearest: { field: 'v', vector: [1, 1], k: 100 } } })
    expect(vectors.total).toBe(30)
    expect(Number(bucket?.value)).toBeGreaterThanOrEqual(least)
    return Number(bucket?.value)
  }
}

/** The number of the last whole line. */
function lastLine(printed: string): number {
  return Number(printed.split('\n').at(-2) ?? 0)
}
