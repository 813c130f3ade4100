import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { contentHash } from './content-hash.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { readSteps } from './read-steps.ts'
import type { RecordStore, StoredDamage, StoredStep } from './record-store.ts'
import type { RecordedStep } from './run-step.ts'
import { verify } from './verify.ts'

/** One promise of a record store: `run` rejects if it is not kept. */
export interface RecordStoreCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** Where a store keeps its steps. */
export interface RecordStorePlace {
  /** A store there, after the one before was closed. */
  open(): RecordStore
}

/** The store under test. */
export interface RecordStoreCasesOptions {
  /**
   * A place of its own for each case, empty at first: `open` gives a store there, again after the one before was closed.
   * Of a store that does not outlive `close`, it gives the same object each time.
   */
  create(): RecordStorePlace | Promise<RecordStorePlace>
}

const texts: readonly string[] = [
  '',
  '\0\r\n\t\u2028\ufeff',
  '"\\/ {"step":1}\n{}',
  "'; DROP TABLE steps; --",
  '__proto__',
  'é e\u0301 😀 日本',
  'x'.repeat(1_000_000),
]

async function collect<Item>(items: Iterable<Item> | AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

const stepsOf = (store: RecordStore, run?: string): Promise<RecordedStep[]> => collect(readSteps(store, { run }))

function contentsOf(entry: StoredStep | StoredDamage): readonly string[] {
  return 'contents' in entry ? entry.contents.map(({ hash }) => hash).toSorted() : []
}

/** What a record needs of a store, for any test runner: `for (const { name, run } of recordStoreCases({ create })) it(name, run)`. */
export function recordStoreCases({ create }: RecordStoreCasesOptions): RecordStoreCase[] {
  function withStore(
    name: string,
    run: (store: RecordStore, reopen: () => Promise<RecordStore>) => Promise<void>,
  ): RecordStoreCase {
    return {
      name,
      async run() {
        const place = await create()
        let store = place.open()
        const reopen = async (): Promise<RecordStore> => {
          await store.close()
          return (store = place.open())
        }
        try {
          await run(store, reopen)
        } finally {
          await store.close()
        }
      },
    }
  }

  return [
    withStore('is empty at first', async (store) => {
      deepEqual(await collect(store.read()), [])
      deepEqual(await verify(store), { ok: true, steps: 0, head: null, problems: [] })
    }),

    withStore('gives back every text as it was, in kind, run, inputs, output and meta', async (store, reopen) => {
      for (const text of texts) {
        const recorder = createRunRecorder({ store, run: `run ${text}`, now: () => 1.5 })
        await recorder.record({ kind: `kind ${text}`, inputs: text, output: { [text]: [text, null] }, meta: { text } })
      }
      const found = await stepsOf(await reopen())
      deepEqual(
        found.map(({ at, run, kind, inputs, output, meta }) => ({ at, run, kind, inputs, output, meta })),
        texts.map((text) => ({
          at: 1.5,
          run: `run ${text}`,
          kind: `kind ${text}`,
          inputs: text,
          output: { [text]: [text, null] },
          meta: { text },
        })),
      )
    }),

    withStore('chains each step to the one before, across runs and openings', async (store, reopen) => {
      const { id } = await createRunRecorder({ store, run: 'a' }).record({ kind: 'first', inputs: 1 })
      const { head } = await verify(store)
      const again = await reopen()
      await createRunRecorder({ store: again, run: 'b' }).record({ kind: 'second', inputs: 2, parents: [id] })
      const { ok, steps, head: later } = await verify(again, { head })
      deepEqual({ ok, steps }, { ok: true, steps: 2 })
      notEqual(later, head)
      const previous = (await collect(again.read())).map((entry) =>
        'text' in entry ? (JSON.parse(entry.text) as { previous: unknown }).previous : entry.damage,
      )
      deepEqual(previous, [null, head])
      deepEqual((await stepsOf(again, 'b'))[0]?.parents, [id])
    }),

    withStore('keeps the order of calls that nobody waits for, of several recorders', async (store) => {
      const recorders = ['a', 'b'].map((run) => createRunRecorder({ store, run }))
      const numbers = Array.from({ length: 300 }, (_, index) => index)
      await Promise.all(
        numbers.map((inputs) => Promise.all(recorders.map((recorder) => recorder.record({ kind: 'step', inputs })))),
      )
      for (const run of ['a', 'b'])
        deepEqual(
          (await stepsOf(store, run)).map(({ inputs }) => inputs),
          numbers,
        )
      equal((await verify(store)).ok, true)
    }),

    withStore('stores the same content once, with the step that has it first', async (store, reopen) => {
      await createRunRecorder({ store }).record({ kind: 'x', inputs: 'same', output: 'same' })
      const again = await reopen()
      const recorder = createRunRecorder({ store: again })
      await Promise.all([
        recorder.record({ kind: 'x', inputs: 'other', output: 'same' }),
        recorder.record({ kind: 'x', inputs: 'same', output: 'other' }),
      ])
      deepEqual((await collect(again.read())).map(contentsOf), [[contentHash('same')], [contentHash('other')], []])
      deepEqual(
        (await stepsOf(again)).map(({ inputs, output }) => [inputs, output]),
        [
          ['same', 'same'],
          ['other', 'same'],
          ['same', 'other'],
        ],
      )
    }),

    withStore('has a step when its call has resolved, and may be read while it is written', async (store) => {
      const recorder = createRunRecorder({ store })
      for (let count = 1; count <= 5; count++) {
        await recorder.record({ kind: 'step', inputs: count })
        equal((await stepsOf(store)).length, count)
      }
      const writing = Promise.all(Array.from({ length: 50 }, (_, inputs) => recorder.record({ kind: 'late', inputs })))
      equal((await verify(store)).ok, true)
      await writing
      equal((await stepsOf(store)).length, 55)
    }),

    withStore('may be closed twice', async (store) => {
      await createRunRecorder({ store }).record({ kind: 'step' })
      await store.close()
      await store.close()
    }),
  ]
}
