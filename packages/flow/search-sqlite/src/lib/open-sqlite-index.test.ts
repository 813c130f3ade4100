import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createIndex, type Embedder } from '@empire/search'
import { createManualClock, temporaryDirectory } from '@empire/test-support'
import { describe, expect, it, onTestFinished } from 'vitest'
import { killWriter } from './open-sqlite-index.faults.test.ts'
import { openSqliteIndex, type SqliteIndexOptions } from './open-sqlite-index.ts'

const fields = { text: { type: 'text' }, tag: { type: 'keyword' }, year: { type: 'number' } } as const

function newPath(): string {
  const folder = temporaryDirectory()
  onTestFinished(() => folder.remove())
  return folder.join('deep', 'index.db')
}

async function open(path: string, options: Partial<SqliteIndexOptions<typeof fields>> = {}) {
  const index = await openSqliteIndex(path, { fields, ...options })
  onTestFinished(() => index.close())
  return index
}

/** Another connection, such as that of another process. */
function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  onTestFinished(() => database.close())
  return database
}

describe('openSqliteIndex', () => {
  it.each([
    ['', {}, '"path" must be the path of a file, got a string ("").'],
    [
      ':memory:',
      {},
      '"path" must be the path of a file, got a string (":memory:"). An index in memory is createIndex() of "@empire/search".',
    ],
    ['a.db', { name: '' }, '"name" must be a well-formed string that is not empty, got a string ("").'],
    ['a.db', { name: '\ud800' }, '"name" must be a well-formed string that is not empty, got a string ("\\ud800").'],
    ['a.db', { durable: 1 }, '"durable" must be true or false, got a number (1).'],
    ['a.db', { readOnly: 'yes' }, '"readOnly" must be true or false, got a string ("yes").'],
    ['a.db', { busyTimeout: -1 }, '"busyTimeout" must be a whole number of milliseconds, got a number (-1).'],
  ])('refuses %j with %j', async (path, options, message) => {
    await expect(openSqliteIndex(path, { fields, ...options } as never)).rejects.toThrow(new TypeError(message))
  })

  it('says which option was meant', async () => {
    await expect(openSqliteIndex('a.db', { fields, bussyTimeout: 1 } as never)).rejects.toThrow(
      /^"options" has no key "bussyTimeout"\. Did you mean "busyTimeout"\?$/,
    )
  })

  it('makes the file and its folders, for its owner alone', async () => {
    const path = newPath()
    await open(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('reads a file that may not be written to, and writes nothing to it or beside it', async () => {
    const path = newPath()
    const embedder: Embedder = { id: 'one', embed: async (texts) => ({ vectors: texts.map(() => [1]) }) }
    const options = { fields: { ...fields, v: { type: 'vector', dimensions: 1, from: ['text'] } }, embedder } as const
    const written = await openSqliteIndex(path, options)
    await written.add([{ id: 'a', text: 'A fox.' }])
    await written.close()
    const before = readFileSync(path)
    const index = await openSqliteIndex(path, { ...options, readOnly: true })
    onTestFinished(() => index.close())
    expect((await index.search({ query: 'fox' })).total).toBe(1)
    expect((await index.search({ query: { nearest: { field: 'v', text: 'never embedded' } } })).total).toBe(1)
    await expect(index.add([{ id: 'b', text: 'A dog.' }])).rejects.toThrow('attempt to write a readonly database')
    expect(readdirSync(dirname(path))).toEqual(['index.db'])
    await index.close()
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('makes no file to read it', async () => {
    const path = newPath()
    await expect(openSqliteIndex(path, { fields, readOnly: true })).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('refuses a file that is no database', async () => {
    const folder = temporaryDirectory()
    onTestFinished(() => folder.remove())
    const path = folder.join('notes.txt')
    writeFileSync(path, 'These are notes, and no database. '.repeat(100))
    await expect(open(path)).rejects.toMatchObject({
      code: 'index_damaged',
      message: `Expected ${JSON.stringify(path)} to be a sound SQLite database, but: file is not a database. Restore it, or remove it and index the documents anew.`,
    })
  })

  it.each(['{', 'null', '{"fields":1}'])('refuses an index whose manifest is %s', async (manifest) => {
    const path = newPath()
    await (await open(path)).close()
    connect(path).prepare('UPDATE search_indexes SET manifest = ?').run(manifest)
    const message = `Expected the manifest of an index in ${JSON.stringify(path)}, got ${JSON.stringify(manifest)}. Restore the file, or remove it and index the documents anew.`
    await expect(open(path)).rejects.toMatchObject({ code: 'index_damaged', message })
  })

  it('fails where the file cannot be made', async () => {
    const folder = temporaryDirectory()
    onTestFinished(() => folder.remove())
    await expect(open(folder.path)).rejects.toMatchObject({ code: 'EISDIR' })
  })

  it('keeps several indexes and the tables of others in one file', async () => {
    const path = newPath()
    const first = await open(path)
    const second = await open(path, { name: 'second' })
    const other = connect(path)
    other.exec('CREATE TABLE ingest_items (id TEXT); INSERT INTO ingest_items VALUES (1)')
    await first.add([{ id: 'a', text: 'one' }])
    await second.add([{ id: 'b', text: 'one' }])
    expect((await first.search({ query: 'one' })).hits.map(({ id }) => id)).toEqual(['a'])
    expect((await second.search({ query: 'one' })).hits.map(({ id }) => id)).toEqual(['b'])
    await first.optimize()
    expect(other.prepare('SELECT count(*) AS count FROM ingest_items').get()?.['count']).toBe(1)
  })

  it('shows every connection what another has written', async () => {
    const path = newPath()
    const [writer, reader] = [await open(path), await open(path)]
    await writer.add([{ id: 'a', text: 'fox' }])
    expect((await reader.search({ query: 'fox' })).total).toBe(1)
    await reader.add([{ id: 'b', text: 'fox' }])
    expect((await writer.search({ query: 'fox' })).total).toBe(2)
    expect((await writer.statistics()).documents).toBe(2)
  })

  it('finds words by their beginning that another connection has removed from the list and it adds anew', async () => {
    const path = newPath()
    const [one, other] = [await open(path), await open(path)]
    await one.add([{ id: 'a', text: 'foxes' }])
    await other.remove(['a'])
    await other.optimize()
    await one.add([{ id: 'b', text: 'foxes' }])
    expect((await one.search({ query: { match: 'foxe', mode: 'prefix' } })).total).toBe(1)
    expect((await one.search({ query: { match: 'foxse', mode: 'fuzzy' } })).total).toBe(1)
  })

  it('opens an index that is there while another connection writes', async () => {
    const path = newPath()
    await (await open(path)).add([{ id: 'a', text: 'fox' }])
    connect(path).exec('BEGIN IMMEDIATE')
    const index = await open(path, { busyTimeout: 0 })
    expect((await index.search({ query: 'fox' })).total).toBe(1)
  })

  it('lets searches go on while another connection writes, and writes when that is done', async () => {
    const path = newPath()
    const clock = createManualClock()
    const index = await open(path, { clock })
    await index.add([{ id: 'a', text: 'fox' }])
    const other = connect(path)
    other.exec('BEGIN IMMEDIATE')
    const write = index.add([{ id: 'b', text: 'fox' }])
    expect((await index.search({ query: 'fox' })).total).toBe(1)
    other.exec('ROLLBACK')
    await clock.advance(100)
    await write
    expect((await index.search({ query: 'fox' })).total).toBe(2)
  })

  it('gives up a write when another connection holds the file for too long', async () => {
    const path = newPath()
    const index = await open(path, { busyTimeout: 0 })
    const other = connect(path)
    other.exec('BEGIN IMMEDIATE')
    await expect(index.add([{ id: 'a', text: 'fox' }])).rejects.toMatchObject({
      code: 'backend_failed',
      retryable: true,
      message: `Another connection held ${JSON.stringify(path)} for longer than "busyTimeout": database is locked. Try again, or wait longer.`,
    })
    other.exec('ROLLBACK')
    await index.add([{ id: 'a', text: 'fox' }])
    expect((await index.search({ query: { match: 'fo', mode: 'prefix' } })).total).toBe(1)
  })

  it('stops waiting for another connection when the call is aborted', async () => {
    const path = newPath()
    const index = await open(path, { clock: createManualClock() })
    connect(path).exec('BEGIN IMMEDIATE')
    const controller = new AbortController()
    const write = index.add([{ id: 'a' }], { signal: controller.signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(write).rejects.toBe(reason)
  })

  it('takes the writes of several processes, each whole', { timeout: 60_000 }, async () => {
    const path = newPath()
    const script = `
      const [, source, path, name] = process.argv
      const { openSqliteIndex } = await import(source)
      const index = await openSqliteIndex(path, { fields: ${JSON.stringify(fields)}, busyTimeout: 60_000 })
      for (let batch = 0; batch < 20; batch++) {
        await index.add(Array.from({ length: 5 }, (_, at) => ({ id: name + '-' + batch + '-' + at, text: 'fox ' + name + batch })))
      }
      await index.close()`
    const source = new URL('../index.ts', import.meta.url).href
    const ends = ['a', 'b', 'c'].map(async (name) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, source, path, name], {
        stdio: 'inherit',
      })
      return (await once(child, 'close'))[0] as number
    })
    expect(await Promise.all(ends)).toEqual([0, 0, 0])
    const index = await open(path)
    expect((await index.search({ query: 'fox' })).total).toBe(300)
    expect((await index.search({ query: { match: 'b1', mode: 'prefix' } })).total).toBe(55)
    expect((await index.statistics()).documents).toBe(300)
  })

  it('writes nothing of a batch that is aborted while it is analysed', async () => {
    const index = await open(newPath())
    const controller = new AbortController()
    const documents = Array.from({ length: 200 }, (_, at) => ({ id: `${at}`, text: 'fox '.repeat(1000) }))
    const write = index.add(documents, { signal: controller.signal })
    const reason = new Error('enough')
    setImmediate(() => controller.abort(reason))
    await expect(write).rejects.toBe(reason)
    expect((await index.search()).total).toBe(0)
    await index.add([{ id: 'a', text: 'fox' }])
    expect((await index.search({ query: { match: 'fo', mode: 'fuzzy', distance: 1 } })).total).toBe(1)
  })

  it('keeps the vectors of texts in the file, over its closing', async () => {
    const path = newPath()
    const asked: string[] = []
    const embedder: Embedder = {
      id: 'lengths',
      async embed(texts) {
        asked.push(...texts)
        return { vectors: texts.map((text) => [text.length, 0.1]) }
      },
    }
    const options = {
      fields: { text: { type: 'text' }, v: { type: 'vector', dimensions: 2, from: ['text'] } },
      embedder,
    } as const
    for (const id of ['a', 'b']) {
      const index = await openSqliteIndex(path, options)
      await index.add([{ id, text: 'fox' }])
      expect((await index.search({ query: { nearest: { field: 'v', text: 'fox' } } })).total).toBe(id === 'a' ? 1 : 2)
      await index.close()
    }
    expect(asked).toEqual(['fox', 'fox'])
  })

  it('looks for texts by their vectors while another connection writes', async () => {
    const path = newPath()
    const embedder: Embedder = { id: 'ones', embed: async (texts) => ({ vectors: texts.map(() => [1]) }) }
    const options = { fields: { v: { type: 'vector', dimensions: 1 } }, embedder, busyTimeout: 0 } as const
    const index = await openSqliteIndex(path, options)
    onTestFinished(() => index.close())
    await index.add([{ id: 'a', v: [1] }])
    connect(path).exec('BEGIN IMMEDIATE')
    expect((await index.search({ query: { nearest: { field: 'v', text: 'fox' } } })).total).toBe(1)
  })

  it('gathers what a filter lets through once, however many vectors and words are compared', async () => {
    const index = await openSqliteIndex(newPath(), {
      fields: { text: { type: 'text' }, year: { type: 'number' }, v: { type: 'vector', dimensions: 1 } },
    })
    onTestFinished(() => index.close())
    await index.add(
      Array.from({ length: 600 }, (_, at) => ({ id: `${at}`, text: `fox${at % 7}`, year: at % 2, v: [1] })),
    )
    const filter = { term: { year: 1 } } as const
    for (const query of [{ nearest: { field: 'v', vector: [1] } }, { match: 'fox1', mode: 'fuzzy' }] as const) {
      const { explain } = await index.search({ query, filter, explain: true })
      const [{ statements }] = (explain?.native ?? []) as [{ statements: { sql: string; times: number }[] }]
      const filtering = statements.filter(({ sql }) => sql.includes('search_1_field_1'))
      expect(filtering.map(({ times }) => times)).toEqual([1])
      expect(explain?.visited).toBe(300)
    }
  })

  it('weighs a word by all documents that have it, in whichever field it is looked for', async () => {
    const index = await openSqliteIndex(newPath(), {
      fields: { title: { type: 'text' }, text: { type: 'text', analyzer: 'plain' } },
    })
    onTestFinished(() => index.close())
    await index.add([
      { id: 'a', title: 'fox', text: 'dog' },
      { id: 'b', title: 'fox' },
      { id: 'c', title: 'fox' },
      { id: 'd', title: 'cat' },
    ])
    const rare = Math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    const common = Math.log(1 + (4 - 3 + 0.5) / (3 + 0.5))
    const { hits } = await index.search({ query: { match: 'fox dog', fields: ['text'] } })
    expect(hits[0]?.coverage).toBeCloseTo(rare / (rare + common), 10)
  })

  it('wants every word of a phrase that one of the analyzers indexes, as the index in memory does', async () => {
    const mixed = { fields: { title: { type: 'text', analyzer: 'plain' }, text: { type: 'text' } } } as const
    const index = await openSqliteIndex(newPath(), mixed)
    onTestFinished(() => index.close())
    const memory = createIndex(mixed)
    const documents = [
      { id: 'a', text: 'a fox' },
      { id: 'b', text: 'the fox', title: 'the' },
      { id: 'c', title: 'the fox' },
      { id: 'd', title: 'fox the' },
    ]
    for (const one of [index, memory]) {
      await one.add(documents)
      const { hits } = await one.search({ query: { match: 'the fox', mode: 'phrase' } })
      expect(hits.map(({ id }) => id).toSorted()).toEqual(['b', 'c'])
    }
  })

  it(
    'takes back the room of removed documents, a part at each write and the rest at optimize',
    { timeout: 30_000 },
    async () => {
      const path = newPath()
      const index = await open(path)
      const documents = Array.from({ length: 2000 }, (_, at) => ({
        id: `${at}`,
        text: `word${at} ${'filler words '.repeat(20)}`,
      }))
      await index.add(documents)
      const { bytes: full = 0, terms: all } = await index.statistics()
      expect(all).toBe(2002)
      await index.remove(documents.slice(10).map(({ id }) => id))
      await index.optimize()
      const { bytes = 0, terms, documents: left } = await index.statistics()
      expect([left, terms]).toEqual([10, 12])
      expect(bytes).toBeLessThan(full / 4)
      expect(statSync(path).size).toBe(bytes)
      expect((await index.search({ query: { match: 'word', mode: 'prefix' } })).total).toBe(10)
    },
  )

  it('does not grow by replacing the same documents over and over', { timeout: 30_000 }, async () => {
    const index = await open(newPath())
    const documents = Array.from({ length: 200 }, (_, at) => ({
      id: `${at}`,
      text: `word${at} ${'filler words '.repeat(20)}`,
    }))
    await index.add(documents)
    const { bytes: first = 0 } = await index.statistics()
    for (let round = 0; round < 30; round += 1) await index.add(documents)
    expect((await index.statistics()).bytes).toBeLessThan(4 * first)
  })

  it('answers requests of any size', { timeout: 30_000 }, async () => {
    const index = await open(newPath())
    await index.add(Array.from({ length: 40 }, (_, at) => ({ id: `${at}`, text: 'fox', tag: `t${at}`, year: at })))
    const values = Array.from({ length: 10_000 }, (_, at) => at + 0.5)
    expect((await index.search({ filter: { in: { year: [...values.slice(1), 7] } } })).total).toBe(1)
    const or = Array.from({ length: 1000 }, (_, at) => ({ term: { tag: `t${2 * at}` } }))
    expect((await index.search({ filter: { or } })).total).toBe(20)
    expect((await index.search({ query: 'fox', filter: { or } })).total).toBe(20)
    expect((await index.search({ filter: { and: or } })).total).toBe(0)
    const many = Array.from({ length: 5000 }, (_, at) => `word${at}`).join(' ')
    for (const mode of ['any', 'all', 'phrase', 'prefix', 'fuzzy'] as const) {
      const match = `${mode === 'fuzzy' ? many.slice(0, 2000) : many} fox`
      expect((await index.search({ query: { match, mode } })).total).toBe(mode === 'any' || mode === 'fuzzy' ? 40 : 0)
    }
    expect(await index.remove(Array.from({ length: 50_000 }, (_, at) => `${at}`))).toBe(40)
  })

  it('explains the statements that ran, with no word of a request or a schema in them', async () => {
    const index = await openSqliteIndex(newPath(), {
      fields: { "ti'tle": { type: 'text', analyzer: 'plain' }, 'ta"g': { type: 'keyword' } },
    })
    onTestFinished(() => index.close())
    await index.add([{ id: 'a', "ti'tle": 'fox', 'ta"g': 'x' }] as never)
    const filter = { term: { 'ta"g': "'; DROP TABLE x" } } as const
    const { explain } = await index.search({ query: 'fox', filter, sort: [{ field: 'ta"g' }], explain: true })
    const [{ statements }] = (explain?.native ?? []) as [{ statements: { sql: string; parameters: unknown[] }[] }]
    expect(statements[0]).toEqual({
      sql: 'SELECT rowid FROM search_1_text WHERE search_1_text MATCH ? AND EXISTS (SELECT 1 FROM search_1_field_1 WHERE document = +search_1_text.rowid AND value IN (?))',
      parameters: ['(("fox"))', "'; DROP TABLE x"],
      times: 1,
    })
    expect(explain?.pushedDown).toEqual(['in ta"g'])
    expect(JSON.stringify(statements.map(({ sql }) => sql))).not.toMatch(/fox|DROP|ti'tle|ta\\"g/)
  })

  it('ranks by BM25 over the words of a whole document, as it explains', async () => {
    const index = await openSqliteIndex(newPath(), {
      fields: { title: { type: 'text', weight: 3 }, text: { type: 'text' } },
      analyzer: 'plain',
    })
    onTestFinished(() => index.close())
    await index.add([
      { id: 'a', title: 'fox', text: 'a fox and a dog' },
      { id: 'b', title: 'dogs and foxes', text: 'fox fox' },
      { id: 'c', text: 'a cat' },
    ])
    const { hits } = await index.search({ query: 'fox', explain: true })
    const lengths = { a: 6, b: 5, c: 2 }
    const average = (6 + 5 + 2) / 3
    const idf = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    const scoreOf = (weighted: number, length: number): number => {
      const x = weighted / (1 - 0.75 + (0.75 * length) / average)
      return (idf * (1.5 + 1) * x) / (x + 1.5)
    }
    expect(hits.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(hits[0]?.score).toBeCloseTo(scoreOf(3 + 1, lengths.a), 10)
    expect(hits[1]?.score).toBeCloseTo(scoreOf(2, lengths.b), 10)
    const explained = hits[0]?.explain
    expect(explained).toMatchObject({
      type: 'text',
      terms: [
        {
          term: 'fox',
          count: 1,
          similarity: 1,
          fields: { title: { occurrences: 1, weight: 3, length: 6 }, text: { occurrences: 1, weight: 1, length: 6 } },
        },
      ],
    })
    const [term] = explained?.type === 'text' ? (explained.terms ?? []) : []
    expect(term?.fields['title']?.averageLength).toBeCloseTo(average, 10)
  })

  it('keeps whole writes only when their process is killed, while others read', async () => {
    expect(await killWriter(3)).toBe('sound')
  }, 60_000)

  it('keeps what was written when the disk is full, and goes on when it is not', { timeout: 60_000 }, async () => {
    const folder = temporaryDirectory()
    onTestFinished(() => folder.remove())
    const path = folder.join('index.db')
    const filling = `
      const [, source, path] = process.argv
      const { openSqliteIndex } = await import(source)
      const index = await openSqliteIndex(path, { fields: { text: { type: 'text' } } })
      for (let batch = 0; ; batch++) {
        try {
          await index.add(Array.from({ length: 10 }, (_, at) => ({ id: batch + '-' + at, text: 'fox ' + 'filler'.repeat(500) })))
        } catch (error) {
          console.log(batch, error.code, (await index.search({ query: 'fox' })).total)
          break
        }
      }
      await index.close()`
    const source = new URL('../index.ts', import.meta.url).href
    const limited = ['-c', `trap '' XFSZ; ulimit -f 2000; exec "$0" --input-type=module -e "$1" "$2" "$3"`]
    const child = spawn('bash', [...limited, process.execPath, filling, source, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    await once(child, 'close')
    const [batches, code, total] = printed.trim().split(' ')
    expect([code, Number(total)]).toEqual(['backend_failed', 10 * Number(batches)])
    const index = await openSqliteIndex(path, { fields: { text: { type: 'text' } } })
    onTestFinished(() => index.close())
    await index.add([{ id: 'after', text: 'fox' }])
    expect((await index.search({ query: 'fox' })).total).toBe(10 * Number(batches) + 1)
  })
})
