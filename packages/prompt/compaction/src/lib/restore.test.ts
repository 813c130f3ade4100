import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { apply, type AppliedCompaction } from './apply.ts'
import type { CompactionReceipt } from './compaction-receipt.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { dropToolResults } from './drop-tool-results.ts'
import { keepRecent } from './keep-recent.ts'
import { plan } from './plan.ts'
import { restore } from './restore.ts'
import { sequence } from './sequence.ts'
import { summarizeHistory } from './summarize-history.ts'

const context = createContext({ model: 'gpt-4o', temperature: 0.5 })
  .system('S')
  .user('a', { tags: ['t'], metadata: { m: [1] } })
  .toolCall({ id: 'c', tool: 'search', args: { q: 'x' } })
  .toolResult({ id: 'c', result: { text: 'x'.repeat(2000) } })
  .media({ mimeType: 'image/png', url: 'https://example.com/a.png' })
  .assistant('b')

const summary = summarizeHistory({ summarizer: () => 'summary', keep: 1 })

async function run(of: Context, strategy: CompactionStrategy = summary): Promise<AppliedCompaction> {
  return apply(await plan(of, strategy))
}

/** What a receipt is after it was stored. */
function stored(receipt: CompactionReceipt): CompactionReceipt {
  return JSON.parse(JSON.stringify(receipt)) as CompactionReceipt
}

describe('apply', () => {
  it('gives the compacted context, and a receipt of plain data', async () => {
    const { context: compacted, receipt } = await run(context)
    expect(compacted.messages.map(({ raw }) => raw)).toEqual(['S', 'summary', 'b'])
    expect(receipt).toMatchObject({
      version: 1,
      strategy: 'summarizeHistory',
      before: { length: 6, hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      after: { length: 3, hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      removed: [1, 2, 3, 4].map((index) => ({ index, message: context.messages[index] })),
      added: [1],
    })
    expect(stored(receipt)).toEqual(receipt)
    expect([receipt, receipt.before, receipt.removed, receipt.removed[0], receipt.added].every(Object.isFrozen)).toBe(
      true,
    )
  })

  it('takes only what plan gave', async () => {
    const planned = await plan(context, summary)
    expect(() => apply({ ...planned })).toThrow(
      new TypeError(
        '"plan" must be what plan(context, …) gave, got an object. Is an "await" missing, or is it a copy?',
      ),
    )
    expect(() => apply(plan(context, summary) as never)).toThrow(
      new TypeError(
        '"plan" must be what plan(context, …) gave, got a promise (is an "await" missing?). Is an "await" missing, or is it a copy?',
      ),
    )
  })
})

describe('restore', () => {
  it('gives the old context back, equal by hash', async () => {
    for (const strategy of [summary, keepRecent({ messages: 1, step: 1 }), dropToolResults({ keep: 0 })]) {
      const { context: compacted, receipt } = await run(context, strategy)
      expect(compacted.hash()).not.toBe(context.hash())
      expect(restore(compacted, receipt).hash()).toBe(context.hash())
      expect(restore(compacted, stored(receipt)).hash()).toBe(context.hash())
    }
  })

  it('shares the messages that it has', async () => {
    const { context: compacted, receipt } = await run(context)
    expect(restore(compacted, receipt).messages.every((message, index) => message === context.messages[index])).toBe(
      true,
    )
  })

  it('puts the old messages in front of those that were added since', async () => {
    const { context: compacted, receipt } = await run(context)
    const later = [
      { role: 'user', raw: 'd' },
      { role: 'tool', callId: 'c', tool: 'search', args: {} },
    ] as const
    const compactedLater = later.reduce<Context>((longer, message) => longer.add(message), compacted)
    const contextLater = later.reduce<Context>((longer, message) => longer.add(message), context)
    const result = { id: 'c', result: 'again' }
    expect(restore(compactedLater.toolResult(result), receipt).hash()).toBe(contextLater.toolResult(result).hash())
  })

  it('keeps the settings of now', async () => {
    const { context: compacted, receipt } = await run(context)
    const other = compacted.withModel('gpt-4o-mini').withOptions({ temperature: 1 })
    expect(restore(other, receipt)).toMatchObject({ model: 'gpt-4o-mini', temperature: 1, length: 6 })
  })

  it('undoes compactions of compactions, the newest first', async () => {
    const first = await run(context)
    const second = await run(first.context.user('d').user('e'), sequence(summary, keepRecent({ messages: 1 })))
    const third = await run(second.context.user('f'))
    const later = third.context.user('g')
    expect(() => restore(later, first.receipt)).toThrow(
      expect.objectContaining({
        name: 'ReceiptError',
        code: 'receipt_mismatch',
        message:
          'The context does not begin with the 3 messages that this compaction left. Restore newer compactions first, in reverse order.',
        details: {
          length: later.length,
          expectedLength: 3,
          expectedHash: first.receipt.after.hash,
        },
      }),
    )
    const restored = restore(restore(restore(later, third.receipt), second.receipt), first.receipt)
    expect(restored.hash()).toBe(context.user('d').user('e').user('f').user('g').hash())
  })

  it('refuses the receipt of another context', async () => {
    const other = await run(context.slice(0, 1).user('other').user('b'))
    const { receipt } = await run(context)
    expect(() => restore(other.context.slice(0, 2), receipt)).toThrow('does not begin with the 3 messages')
    expect(() => restore(other.context.user('c'), receipt)).toThrow('does not begin with the 3 messages')
  })

  it('undoes a compaction that did nothing', async () => {
    const { context: same, receipt } = await run(context, keepRecent({ messages: 99 }))
    expect(receipt).toMatchObject({ removed: [], added: [] })
    expect(restore(same.user('later'), receipt).hash()).toBe(context.user('later').hash())
  })

  it('keeps a message apart from itself, when it is in the context twice', async () => {
    const doubled = context.slice(1, 2).concat(context.slice(1, 2), context.slice(1, 2))
    const { context: compacted, receipt } = await run(doubled, keepRecent({ messages: 1, step: 1 }))
    expect(compacted.length).toBe(1)
    expect(restore(compacted, receipt).hash()).toBe(doubled.hash())
  })

  it('refuses what is no receipt, or was changed', async () => {
    const { context: compacted, receipt } = await run(context)
    const refuse = (change: object | null, problem: string): void =>
      expect(() => restore(compacted, change as never)).toThrow(
        expect.objectContaining({
          code: 'invalid_receipt',
          message: `The receipt is not one that apply(plan) gave: ${problem}.`,
        }),
      )
    const copy = stored(receipt)
    const [first] = copy.removed
    refuse(null, 'it is no object')
    refuse({ ...copy, version: 2 }, 'its version is not 1')
    refuse({ ...copy, strategy: undefined }, '"strategy" is no string')
    refuse({ ...copy, before: { length: -1, hash: '' } }, '"before" has no length and hash')
    refuse({ ...copy, after: undefined }, '"after" has no length and hash')
    refuse({ ...copy, removed: {} }, '"removed" is no array')
    refuse({ ...copy, added: undefined }, '"added" is no array')
    refuse({ ...copy, removed: [first, first] }, 'the positions in "removed" do not rise from 0 to below 6')
    refuse({ ...copy, added: [3] }, 'the positions in "added" do not rise from 0 to below 3')
    refuse({ ...copy, before: { ...copy.before, length: 1e9 } }, 'its lengths do not add up')
    refuse({ ...copy, removed: copy.removed.slice(1) }, 'its lengths do not add up')
    const changed = copy.removed.map((entry) => ({ ...entry, message: { ...entry.message, raw: 'other' } }))
    refuse({ ...copy, removed: changed }, 'its messages do not have the hash that it says')
    const broken = copy.removed.map(({ index }) => ({ index, message: { role: 'nobody' } }))
    refuse({ ...copy, removed: broken }, 'it holds something that is no message')
  })

  it('refuses what is no context', async () => {
    const { receipt } = await run(context)
    expect(() => restore(undefined as never, receipt)).toThrow(
      new TypeError('"context" must be a context, got undefined.'),
    )
  })
})
