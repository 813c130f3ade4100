import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory, type TemporaryDirectory } from '@empire/test-support'
import { afterEach, describe, expect, it } from 'vitest'
import { contentHash } from './content-hash.ts'
import { createJsonlStore } from './create-jsonl-store.ts'
import { createMemoryStore } from './create-memory-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { createSqliteStore } from './create-sqlite-store.ts'
import { readSteps } from './read-steps.ts'
import type { RecordStore, StoredDamage, StoredStep } from './record-store.ts'
import type { RecordedStep } from './run-step.ts'
import { verify } from './verify.ts'

const folders: TemporaryDirectory[] = []
const stores: RecordStore[] = []

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  for (const folder of folders.splice(0)) await folder.remove()
})

function newFolder(): string {
  const folder = temporaryDirectory()
  folders.push(folder)
  return folder.path
}

function opened(store: RecordStore): RecordStore {
  stores.push(store)
  return store
}

async function collect<Item>(items: Iterable<Item> | AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

const stepsOf = (store: RecordStore, run?: string): Promise<RecordedStep[]> => collect(readSteps(store, { run }))
const stored = (store: RecordStore): Promise<(StoredStep | StoredDamage)[]> => collect(store.read())

const kinds: readonly [string, (folder: string) => RecordStore][] = [
  ['createMemoryStore', () => createMemoryStore()],
  ['createJsonlStore', (folder) => createJsonlStore({ path: join(folder, 'deep', 'run.jsonl') })],
  ['createJsonlStore, durable', (folder) => createJsonlStore({ path: join(folder, 'run.jsonl'), durable: true })],
  ['createSqliteStore', (folder) => createSqliteStore({ path: join(folder, 'run.db') })],
  ['createSqliteStore, durable', (folder) => createSqliteStore({ path: join(folder, 'run.db'), durable: true })],
]

describe.each(kinds)('%s', (_, create) => {
  it('is empty at first', async () => {
    const store = opened(create(newFolder()))
    expect(await stored(store)).toEqual([])
    expect(await verify(store)).toEqual({ ok: true, steps: 0, head: null, problems: [] })
  })

  it('gives back what was recorded, in order', async () => {
    const store = opened(create(newFolder()))
    const recorder = createRunRecorder({ store, run: 'a', now: () => 1000 })
    const render = await recorder.record({
      kind: 'render',
      inputs: { name: 'me' },
      output: 'Hello, me',
      meta: { ms: 3 },
    })
    await recorder.record({ kind: 'model', inputs: ['Hello, me', null], parents: [render.id] })
    expect(await stepsOf(store)).toEqual([
      {
        id: contentHash({
          kind: 'render',
          inputs: contentHash({ name: 'me' }),
          output: contentHash('Hello, me'),
          parents: [],
        }),
        run: 'a',
        at: 1000,
        kind: 'render',
        inputs: { name: 'me' },
        output: 'Hello, me',
        meta: { ms: 3 },
        parents: [],
      },
      expect.objectContaining({ kind: 'model', inputs: ['Hello, me', null], parents: [render.id] }),
    ])
    expect((await stepsOf(store))[1]).not.toHaveProperty('output')
  })

  it('keeps the order of calls that nobody waits for', async () => {
    const store = opened(create(newFolder()))
    const recorder = createRunRecorder({ store })
    await Promise.all(Array.from({ length: 500 }, (__, index) => recorder.record({ kind: 'step', inputs: index })))
    expect((await stepsOf(store)).map(({ inputs }) => inputs)).toEqual(
      Array.from({ length: 500 }, (__, index) => index),
    )
    expect(await verify(store)).toMatchObject({ ok: true, steps: 500 })
  })

  it('stores the same content once', async () => {
    const store = opened(create(newFolder()))
    const recorder = createRunRecorder({ store })
    await recorder.record({ kind: 'echo', inputs: 'same', output: 'same' })
    await recorder.record({ kind: 'echo', inputs: 'other', output: 'same' })
    await createRunRecorder({ store }).record({ kind: 'echo', inputs: 'same', output: 'other' })
    const contents = (await stored(store)).map((step) => ('contents' in step ? step.contents.length : 0))
    expect(contents).toEqual([1, 1, 0])
    expect((await stepsOf(store)).map(({ inputs, output }) => [inputs, output])).toEqual([
      ['same', 'same'],
      ['other', 'same'],
      ['same', 'other'],
    ])
  })

  it('keeps several runs apart', async () => {
    const store = opened(create(newFolder()))
    const [a, b] = [createRunRecorder({ store, run: 'a' }), createRunRecorder({ store, run: 'b' })]
    await Promise.all([a.record({ kind: 'x', inputs: 1 }), b.record({ kind: 'x', inputs: 1 }), a.record({ kind: 'y' })])
    expect((await stepsOf(store, 'a')).map(({ kind }) => kind)).toEqual(['x', 'y'])
    expect((await stepsOf(store, 'b')).map(({ inputs }) => inputs)).toEqual([1])
    expect(await stepsOf(store, '__proto__')).toEqual([])
    expect(await verify(store)).toMatchObject({ ok: true, steps: 3 })
  })

  it('keeps any text', async () => {
    const store = opened(create(newFolder()))
    const text = '\0\r\n\ufeff\u2028"\\😀é\u{1f468}\u200d\u{1f469} {"__proto__": 1}'
    const data: unknown = JSON.parse('{"__proto__":{"constructor":"x"},"":[]}')
    await createRunRecorder({ store, run: text }).record({
      kind: text,
      inputs: text,
      output: data,
      meta: { [text]: text },
    })
    const [step] = await stepsOf(store, text)
    expect(step).toMatchObject({ kind: text, inputs: text, meta: { [text]: text } })
    expect(JSON.stringify(step?.output)).toBe('{"":[],"__proto__":{"constructor":"x"}}')
    expect(await verify(store)).toMatchObject({ ok: true })
  })

  it('writes no secret', async () => {
    const folder = newFolder()
    const store = create(folder)
    const secret = `sk-ant-${'a1B2c3D4'.repeat(4)}`
    const recorder = createRunRecorder({ store, run: 'a' })
    await recorder.record({
      kind: 'model',
      inputs: { headers: { authorization: 'planted-1' }, prompt: `use ${secret}`, [secret]: 1 },
      output: [{ password: 'planted-1' }, `https://me:planted-1@example.com`],
      meta: { apiKey: 'planted-1', note: secret },
    })
    const text = JSON.stringify(await stored(store))
    await store.close()
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const written = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('')
    expect(text).toContain('[redacted]')
    for (const planted of [secret, 'planted-1']) {
      expect(text).not.toContain(planted)
      expect(written).not.toContain(planted)
    }
  })
})

describe.each(kinds.slice(1))('%s, opened anew', (_, create) => {
  it('goes on where it was', async () => {
    const folder = newFolder()
    const first = create(folder)
    await createRunRecorder({ store: first, run: 'a' }).record({ kind: 'x', inputs: 'same' })
    const { head } = await verify(first)
    await first.close()
    const second = opened(create(folder))
    await createRunRecorder({ store: second, run: 'a' }).record({ kind: 'y', inputs: 'same' })
    expect((await stepsOf(second, 'a')).map(({ kind }) => kind)).toEqual(['x', 'y'])
    expect((await stored(second)).map((step) => ('contents' in step ? step.contents.length : 0))).toEqual([1, 0])
    expect(await verify(second, { head })).toMatchObject({ ok: true, steps: 2 })
  })

  it('can be used after it was closed', async () => {
    const store = opened(create(newFolder()))
    const recorder = createRunRecorder({ store })
    await recorder.record({ kind: 'x' })
    await store.close()
    await store.close()
    await recorder.record({ kind: 'y' })
    expect(await verify(store)).toMatchObject({ ok: true, steps: 2 })
  })
})

describe.each([
  ['createJsonlStore', createJsonlStore],
  ['createSqliteStore', createSqliteStore],
] as const)('%s', (_, create) => {
  it.each([
    [undefined, 'undefined'],
    ['', 'a string ("")'],
    [3, 'a number (3)'],
  ])('refuses the path %s', (path, what) => {
    expect(() => create({ path: path as string })).toThrow(
      new TypeError(`"path" must be a string that is not empty, got ${what}.`),
    )
  })

  it('makes its folders, and a file that only its owner may read', async () => {
    const path = join(newFolder(), 'a', 'b', 'run')
    await createRunRecorder({ store: opened(create({ path })) }).record({ kind: 'x' })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('says when it cannot write, and refuses every later step', async () => {
    const store = create({ path: join(newFolder(), 'file', '\0') })
    const recorder = createRunRecorder({ store })
    const failed = { name: 'RecordWriteError', code: 'record_write_failed', cause: expect.any(Error) }
    const both = [recorder.record({ kind: 'x' }), recorder.record({ kind: 'y' })]
    await expect(both[0]).rejects.toMatchObject(failed)
    await expect(both[1]).rejects.toMatchObject(failed)
    await expect(recorder.record({ kind: 'z' })).rejects.toMatchObject(failed)
  })
})
