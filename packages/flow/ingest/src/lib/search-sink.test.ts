import { describe, expect, it } from 'vitest'
import { createManualClock } from '@empire/test-support/clock'
import { createMemoryState } from './create-memory-state.ts'
import { ingest } from './ingest.ts'
import { iterableSource } from './iterable-source.ts'
import { type ChunkEntry, searchSink } from './search-sink.ts'

/** An index of which one call of `replace` fails. */
function failingIndex(failing: number) {
  const texts = new Map<string, string>()
  let call = 0
  return {
    texts,
    async replace({ in: { document } }: { in: { document: readonly string[] } }, entries: Iterable<ChunkEntry>) {
      await Promise.resolve()
      if (++call === failing) throw Object.assign(new Error('busy'), { retryable: true })
      for (const id of document) texts.delete(id)
      for (const entry of entries) texts.set(entry.document, entry.text)
    },
  }
}

const clock = { ...createManualClock(), sleep: async () => {} }

describe('searchSink', () => {
  it('keeps what several runs write apart: a call that fails for one loses nothing of another', async () => {
    const index = failingIndex(1)
    const sink = searchSink(index)
    const reports = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const items = Array.from({ length: 10 }, (_, id) => ({ id: String(id), content: `${name} ${id}` }))
        return ingest({ source: iterableSource(items, { name }), sink, clock })
      }),
    )
    expect(reports.map(({ indexed }) => indexed)).toEqual([10, 10])
    expect(index.texts.size).toBe(20)
  })

  it('has written what it gathered before anything is removed', async () => {
    const state = createMemoryState()
    const run = async (index: ReturnType<typeof failingIndex>, contents: Record<string, string>) => {
      const items = Object.entries(contents).map(([id, content]) => ({ id, content }))
      return ingest({ source: iterableSource(items, { name: 'notes' }), sink: searchSink(index), state, clock })
    }
    await run(failingIndex(0), { a: 'one', b: 'two' })
    const index = failingIndex(2)
    const { indexed, skipped } = await run(index, { a: 'changed', b: '' })
    expect({ indexed, skipped }).toEqual({ indexed: 1, skipped: 1 })
    expect([...index.texts]).toEqual([['notes:a', 'changed']])
  })
})
