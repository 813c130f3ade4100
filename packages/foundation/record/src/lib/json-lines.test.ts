import { readFile, writeFile } from 'node:fs/promises'
import { temporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createJsonlStore } from './create-jsonl-store.ts'
import { createMemoryStore } from './create-memory-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { createSqliteStore } from './create-sqlite-store.ts'
import { jsonLines } from './json-lines.ts'
import { readSteps } from './read-steps.ts'
import type { RecordStore } from './record-store.ts'
import { verify } from './verify.ts'

async function fill(store: RecordStore): Promise<RecordStore> {
  const recorder = createRunRecorder({ store, run: 'monday', now: () => 1 })
  for (const text of ['a', 'b', 'a']) await recorder.record({ kind: 'embed', inputs: { text }, output: [text, 1] })
  return store
}

async function textOf(store: RecordStore, options: { signal?: AbortSignal } = {}): Promise<string> {
  let text = ''
  for await (const line of jsonLines(store, options)) text += line
  return text
}

describe('jsonLines', () => {
  it('gives of every store what the store of JSON lines writes', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('run.jsonl')
    const file = await fill(createJsonlStore({ path }))
    const database = await fill(createSqliteStore({ path: directory.join('run.sqlite') }))
    const written = await readFile(path, 'utf8')
    expect(written.split('\n')).toHaveLength(4)
    expect(await textOf(file)).toBe(written)
    expect(await textOf(await fill(createMemoryStore()))).toBe(written)
    expect(await textOf(database)).toBe(written)
    await database.close()
    await file.close()
  })

  it('gives lines that can be verified and gone on with', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('copy.jsonl')
    const store = await fill(createMemoryStore())
    await writeFile(path, await textOf(store))
    const copy = createJsonlStore({ path })
    const { head } = await verify(store)
    expect(await verify(copy, { head })).toEqual({ ok: true, steps: 3, head, problems: [] })
    await fill(copy)
    expect((await verify(copy)).steps).toBe(6)
    await copy.close()
  })

  it('refuses a damaged store, and leaves out a line that was cut off', async () => {
    await using directory = temporaryDirectory()
    const path = directory.join('damaged.jsonl')
    const whole = await textOf(await fill(createMemoryStore()))
    await writeFile(path, whole.slice(0, -10))
    expect(await textOf(createJsonlStore({ path }))).toBe(`${whole.split('\n').slice(0, 2).join('\n')}\n`)
    await writeFile(path, `nonsense\n${whole}`)
    await expect(textOf(createJsonlStore({ path }))).rejects.toMatchObject({ code: 'record_damaged' })
  })

  it('stops by its signal', async () => {
    const signal = AbortSignal.abort('enough')
    await expect(textOf(createMemoryStore(), { signal })).rejects.toBe('enough')
  })
})

describe('options of what reads a store', () => {
  it.each([
    ['verify', (options: object) => verify(createMemoryStore(), options)],
    ['readSteps', async (options: object) => readSteps(createMemoryStore(), options).next()],
    ['jsonLines', async (options: object) => jsonLines(createMemoryStore(), options).next()],
  ])('are refused by %s when they are misspelt or none', async (_, read) => {
    await expect(read({ signa: undefined })).rejects.toThrow(
      new TypeError('"options" has no key "signa". Did you mean "signal"?'),
    )
    await expect(read(null as never)).rejects.toThrow(new TypeError('"options" must be an object, got null.'))
  })
})
