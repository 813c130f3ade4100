import { createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { apply } from './apply.ts'
import { archiveReceipt, type ArchivedReceipt, loadReceipt } from './archive-receipt.ts'
import { keepRecent } from './keep-recent.ts'
import { plan } from './plan.ts'
import { restore } from './restore.ts'

const context = createContext().user('a secret plan').user('b')
const { context: compacted, receipt } = apply(await plan(context, keepRecent({ messages: 1, step: 1 })))

describe('archiveReceipt and loadReceipt', () => {
  it('keep the messages in a store, under the hash of what is stored', async () => {
    const store = new Map<string, string>()
    const archived = await archiveReceipt(receipt, store)
    expect([...store.keys()]).toEqual([archived.archived])
    expect(archived.archived).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(JSON.stringify(archived)).not.toContain('secret')
    const loaded = await loadReceipt(JSON.parse(JSON.stringify(archived)) as ArchivedReceipt, store)
    expect(loaded).toEqual(receipt)
    expect(restore(compacted, loaded).hash()).toBe(context.hash())
  })

  it('wait for a store that takes its time, and pass on what it throws', async () => {
    const texts = new Map<string, string>()
    const slow = {
      get: async (key: string) => texts.get(key),
      set: async (key: string, text: string) => void texts.set(key, text),
    }
    expect(await loadReceipt(await archiveReceipt(receipt, slow), slow)).toEqual(receipt)
    const failure = new Error('disk full')
    const broken = { get: () => Promise.reject(failure), set: () => Promise.reject(failure) }
    await expect(archiveReceipt(receipt, broken)).rejects.toBe(failure)
    await expect(loadReceipt(await archiveReceipt(receipt, slow), broken)).rejects.toBe(failure)
  })

  it('refuse what the store lost or mixed up', async () => {
    const store = new Map<string, string>()
    const archived = await archiveReceipt(receipt, store)
    await expect(loadReceipt(archived, new Map())).rejects.toMatchObject({
      code: 'receipt_not_found',
      message: `The store has nothing under ${archived.archived}. Is it the right one?`,
    })
    store.set(archived.archived, '[]')
    await expect(loadReceipt(archived, store)).rejects.toMatchObject({
      code: 'invalid_receipt',
      message: 'The receipt is not one that apply(plan) gave: the store holds another text.',
    })
    await expect(loadReceipt(receipt as never, store)).rejects.toMatchObject({ code: 'invalid_receipt' })
    await expect(loadReceipt(null as never, store)).rejects.toMatchObject({ code: 'invalid_receipt' })
  })

  it('refuse what is no store', async () => {
    await expect(archiveReceipt(receipt, {} as never)).rejects.toThrow(
      new TypeError('"store" must have get and set, as a Map has, got an object.'),
    )
  })
})
