import { join } from 'node:path'
import { temporaryDirectory } from '@empire/test-support'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hashText } from './content-hash.ts'
import { createJsonlStore } from './create-jsonl-store.ts'
import { createMemoryStore } from './create-memory-store.ts'
import { createSqliteStore } from './create-sqlite-store.ts'
import { recordStoreCases } from './record-store-cases.ts'
import type { RecordStore, StoredStep } from './record-store.ts'

type Place = { open: () => RecordStore }

function inFolder(open: (folder: string) => RecordStore): () => Place {
  return () => {
    const folder = temporaryDirectory()
    onTestFinished(() => folder.remove())
    return { open: () => open(folder.path) }
  }
}

function always(create: () => RecordStore): () => Place {
  return () => {
    const store = create()
    return { open: () => store }
  }
}

describe.each<[string, () => Place]>([
  ['createMemoryStore', always(createMemoryStore)],
  ['createJsonlStore', inFolder((folder) => createJsonlStore({ path: join(folder, 'a', 'run.jsonl') }))],
  ['createSqliteStore', inFolder((folder) => createSqliteStore({ path: join(folder, 'a', 'run.db') }))],
])('%s', (_, create) => {
  it.each(recordStoreCases({ create }))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

/** A memory store with one part of it replaced. */
function broken(change: (store: RecordStore, steps: () => StoredStep[]) => Partial<RecordStore>): () => Place {
  return always(() => {
    const store = createMemoryStore()
    return { ...store, ...change(store, () => [...(store.read() as Iterable<StoredStep>)]) }
  })
}

describe('recordStoreCases', () => {
  it.each<[string, () => Place]>([
    ['forgets every step', broken(() => ({ append: () => undefined }))],
    ['gives its steps in another order', broken((_, steps) => ({ read: () => steps().toReversed() }))],
    ['forgets the last step', broken((_, steps) => ({ read: () => steps().slice(0, -1) }))],
    ['forgets everything when it is closed', () => ({ open: createMemoryStore })],
    [
      'changes texts',
      broken((_, steps) => ({
        read: () => steps().map((step) => ({ ...step, text: step.text.trim().normalize('NFD') })),
      })),
    ],
    [
      'gives another hash',
      broken((_, steps) => ({ read: () => steps().map((step) => ({ ...step, hash: hashText('') })) })),
    ],
    [
      'resolves before it stores',
      broken((store) => ({ append: async (step) => void setTimeout(() => store.append(step), 5) })),
    ],
    [
      'throws when it is closed twice',
      (() => {
        return always(() => {
          const closed = { times: 0 }
          const close = (): void => {
            if (++closed.times > 1) throw new Error('closed')
          }
          return { ...createMemoryStore(), close }
        })
      })(),
    ],
    [
      'stores contents with every step',
      always(() => {
        const steps: StoredStep[] = []
        return {
          append({ textAfter, contents }) {
            const text = textAfter((steps.at(-1)?.hash ?? null) as never)
            steps.push({ place: 'here', text, hash: hashText(text), contents })
          },
          read: () => steps.values(),
          close() {},
        }
      }),
    ],
    [
      'does not chain its steps',
      broken((store) => ({ append: (step) => store.append({ ...step, textAfter: () => step.textAfter(null) }) })),
    ],
  ])('refuses a store that %s', async (_, create) => {
    const results = await Promise.allSettled(recordStoreCases({ create }).map(({ run }) => run()))
    expect(results.filter(({ status }) => status === 'rejected')).not.toEqual([])
  })
})
