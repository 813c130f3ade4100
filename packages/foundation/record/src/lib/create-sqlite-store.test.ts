import { existsSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { temporaryDirectory, type TemporaryDirectory } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRunRecorder } from './create-run-recorder.ts'
import { createSqliteStore } from './create-sqlite-store.ts'
import { readSteps } from './read-steps.ts'
import { verify } from './verify.ts'

let folder: TemporaryDirectory
let path: string

beforeEach(() => {
  folder = temporaryDirectory()
  path = folder.join('run.db')
})

afterEach(() => folder.remove())

async function record(count: number): Promise<void> {
  const store = createSqliteStore({ path })
  const recorder = createRunRecorder({ store, run: 'a' })
  for (let step = 0; step < count; step++) await recorder.record({ kind: 'step', inputs: 'same', output: { step } })
  await store.close()
}

function change(sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(`DROP TRIGGER steps_are_kept; DROP TRIGGER steps_are_fixed;
    DROP TRIGGER contents_are_kept; DROP TRIGGER contents_are_fixed; ${sql}`)
  database.close()
}

async function firstProblem(): Promise<unknown> {
  const store = createSqliteStore({ path })
  const { problems } = await verify(store)
  await store.close()
  return problems[0]
}

describe('createSqliteStore', () => {
  it.each([
    [`UPDATE contents SET text = '{"step":7}' WHERE step = 2 AND text LIKE '%step%'`, 'output', 'step 2'],
    [`UPDATE contents SET text = '"other"' WHERE text = '"same"'`, 'inputs', 'step 1'],
    [`UPDATE steps SET text = replace(text, '"kind":"step"', '"kind":"stop"') WHERE number = 3`, 'step', 'step 3'],
    [`UPDATE steps SET text = 'torn' WHERE number = 1`, 'step', 'step 1'],
    [`UPDATE steps SET hash = 'sha256:0' WHERE number = 2`, 'step', 'step 2'],
    ['DELETE FROM steps WHERE number = 2', 'chain', 'step 3'],
    [`DELETE FROM contents WHERE text = '"same"'`, 'inputs', 'step 1'],
    ['DELETE FROM steps WHERE number = 4', 'line', 'step 4'],
    ['UPDATE steps SET number = 9 WHERE number = 2', 'chain', 'step 3'],
    ['UPDATE contents SET step = 1 WHERE step = 3', 'content', 'step 1'],
    ['UPDATE contents SET step = 4 WHERE step = 3', 'output', 'step 3'],
    [`INSERT INTO contents VALUES ('sha256:0', 2, '"foreign"')`, 'content', 'step 2'],
    [`INSERT INTO contents VALUES ('sha256:0', 99, '"foreign"')`, 'line', 'step 99'],
  ])('finds %s', async (sql, part, place) => {
    await record(4)
    change(sql)
    expect(await firstProblem()).toMatchObject({ part, place })
  })

  it('finds steps that were removed from the end, given the head', async () => {
    await record(3)
    const store = createSqliteStore({ path })
    const { head } = await verify(store)
    change('DELETE FROM steps WHERE number = 3; DELETE FROM contents WHERE step = 3')
    expect(await verify(store)).toMatchObject({ ok: true, steps: 2 })
    expect(await verify(store, { head })).toMatchObject({
      ok: false,
      problems: [{ place: 'the end', part: 'chain', message: expect.stringContaining(`none has the hash ${head}`) }],
    })
    await store.close()
  })

  it('refuses to change or delete what is stored', async () => {
    await record(1)
    const database = new DatabaseSync(path)
    for (const sql of ['DELETE FROM steps', 'UPDATE contents SET text = 1', `UPDATE steps SET hash = ''`]) {
      expect(() => database.exec(sql)).toThrow('a record is append-only')
    }
    database.close()
  })

  it('lets several connections append in turns', async () => {
    const stores = Array.from({ length: 3 }, () => createSqliteStore({ path }))
    const recorders = stores.map((store, index) => createRunRecorder({ store, run: `run ${index}` }))
    for (let step = 0; step < 20; step++) {
      await Promise.all(recorders.map((recorder) => recorder.record({ kind: 'step', inputs: step, output: 'same' })))
    }
    const [store] = stores
    if (store === undefined) throw new Error('unreachable')
    expect(await verify(store)).toMatchObject({ ok: true, steps: 60 })
    for (const each of stores) await each.close()
  })

  it('reads more steps than one page', async () => {
    await record(600)
    const store = createSqliteStore({ path })
    const outputs: unknown[] = []
    for await (const { output } of readSteps(store)) outputs.push(output)
    expect(outputs).toEqual(Array.from({ length: 600 }, (_, step) => ({ step })))
    await store.close()
  })

  it('makes no database of one that is only read', async () => {
    expect(await verify(createSqliteStore({ path }))).toEqual({ ok: true, steps: 0, head: null, problems: [] })
    expect(existsSync(path)).toBe(false)
  })

  it.each([
    [undefined, '"options" must be an object, got undefined.'],
    [{ path: 'x', timeout: 1 }, '"options" has no key "timeout". Known: path, durable, busyTimeout.'],
    [{ path: 'a', durable: 1 }, '"durable" must be a boolean, got a number (1).'],
    [{ path: 'a', busyTimeout: -1 }, '"busyTimeout" must be a whole number of milliseconds, got a number (-1).'],
  ])('refuses %j', (options, message) => {
    expect(() => createSqliteStore(options as never)).toThrow(new TypeError(message))
  })

  it('says that a file is no database', async () => {
    writeFileSync(path, 'no database, and long enough to be told from one: '.repeat(100))
    const store = createSqliteStore({ path })
    await expect(createRunRecorder({ store }).record({ kind: 'x' })).rejects.toMatchObject({
      code: 'record_write_failed',
      message: `Expected to append to the record ${JSON.stringify(path)}, but: file is not a database. What was recorded before is kept; open the store anew when the cause is gone.`,
    })
    expect(await verify(store)).toMatchObject({ ok: false, problems: [{ place: 'the database', part: 'line' }] })
    await store.close()
  })
})
