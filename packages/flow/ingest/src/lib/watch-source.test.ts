import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { getEventListeners } from 'node:events'
import { createManualClock, type TemporaryDirectory, temporaryDirectory } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileSource } from './file-source.ts'
import { functionSink } from './function-sink.ts'
import type { IngestReport } from './ingest-event.ts'
import { iterableSource } from './iterable-source.ts'
import type { Source, SourceChange } from './source.ts'
import { watchSource } from './watch-source.ts'

/** A sink that keeps texts by the id of the item. */
function memorySink() {
  const texts = new Map<string, string>()
  const sink = functionSink(
    async ({ itemId }, chunks) => {
      for await (const { text } of chunks) texts.set(itemId, text)
    },
    (ids) => {
      for (const id of ids) texts.delete(id.replace(/^[^:]*:/, ''))
    },
  )
  return { ...sink, texts }
}

/** A source that tells of changes when the test says so. */
function toldSource(contents: Map<string, string>) {
  const waiting: SourceChange[] = [{ type: 'ready' }]
  let changed = Promise.withResolvers<void>()
  let failure: Error | undefined
  let left = false
  const itemOf = (id: string) => ({
    id,
    path: id,
    read: async () => ({ bytes: Buffer.from(contents.get(id)!), mediaType: 'text/plain' }),
  })
  const source: Source = {
    name: 'test',
    async *items() {
      for (const id of contents.keys()) yield itemOf(id)
    },
    item: async (id) => (contents.has(id) ? itemOf(id) : undefined),
    async *watch({ signal } = {}) {
      signal?.addEventListener('abort', () => changed.resolve(), { once: true })
      try {
        for (;;) {
          signal?.throwIfAborted()
          if (failure !== undefined) throw failure
          const change = waiting.shift()
          if (change === undefined) {
            await changed.promise
            changed = Promise.withResolvers()
          } else {
            yield change
          }
        }
      } finally {
        left = true
      }
    },
  }
  return {
    source,
    tell(...changes: SourceChange[]) {
      waiting.push(...changes)
      changed.resolve()
    },
    fail(error: Error) {
      failure = error
      changed.resolve()
    },
    isLeft: () => left,
  }
}

async function next(reports: AsyncIterator<IngestReport, void>): Promise<IngestReport> {
  const { value } = await reports.next()
  return value!
}

describe('watchSource', () => {
  it('brings in all that there is, and then what changes, once it has settled', async () => {
    const contents = new Map([
      ['a', 'one'],
      ['b', 'two'],
    ])
    const { source, tell, isLeft } = toldSource(contents)
    const sink = memorySink()
    const clock = createManualClock()
    const reports = watchSource({ source, sink, clock })
    expect(await next(reports)).toMatchObject({ found: 2, indexed: 2 })
    contents.set('a', 'changed')
    contents.delete('b')
    const second = next(reports)
    tell({ type: 'changed', id: 'a' })
    await clock.whenWaiting()
    tell({ type: 'changed', id: 'a' }, { type: 'removed', id: 'b' }, { type: 'changed', id: 'never seen' })
    await clock.advance(200)
    expect(await second).toMatchObject({ found: 2, indexed: 1, deleted: 1 })
    expect([...sink.texts]).toEqual([['a', 'changed']])
    await reports.return()
    expect(isLeft()).toBe(true)
  })

  it('lists anew when any item may have changed', async () => {
    const contents = new Map([
      ['a', 'one'],
      ['b', 'two'],
    ])
    const { source, tell } = toldSource(contents)
    const sink = memorySink()
    const clock = createManualClock()
    const reports = watchSource({ source, sink, clock })
    await next(reports)
    contents.delete('a')
    contents.set('c', 'three')
    const second = next(reports)
    tell({ type: 'changed', id: 'b' }, { type: 'relist' })
    await clock.whenWaiting()
    await clock.advance(200)
    expect(await second).toMatchObject({ found: 3, indexed: 1, unchanged: 1, deleted: 1 })
    expect([...sink.texts.keys()]).toEqual(['b', 'c'])
    await reports.return()
  })

  it('ends with the reason of its signal, and leaves no listener', async () => {
    const { source, isLeft } = toldSource(new Map([['a', 'one']]))
    const controller = new AbortController()
    const reason = new Error('enough')
    const reports = watchSource({ source, sink: memorySink(), signal: controller.signal })
    await next(reports)
    const second = next(reports)
    setImmediate(() => controller.abort(reason))
    await expect(second).rejects.toBe(reason)
    expect(isLeft()).toBe(true)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it('brings in what was told before the source breaks, and ends with its error', async () => {
    const contents = new Map([['a', 'one']])
    const { source, tell, fail } = toldSource(contents)
    const sink = memorySink()
    const clock = createManualClock()
    const reports = watchSource({ source, sink, clock })
    await next(reports)
    contents.set('a', 'changed')
    const second = next(reports)
    tell({ type: 'changed', id: 'a' })
    await clock.whenWaiting()
    const error = new Error('too many watches')
    fail(error)
    await clock.advance(200)
    expect(await second).toMatchObject({ indexed: 1 })
    await expect(next(reports)).rejects.toBe(error)
  })

  it('refuses a source that cannot be watched', async () => {
    const reports = watchSource({ source: iterableSource([], { name: 'list' }), sink: memorySink() })
    await expect(reports.next()).rejects.toThrow(
      new TypeError('Expected "source" to have watch(), which the source "list" has not.'),
    )
  })

  describe('of files', () => {
    let folder: TemporaryDirectory
    beforeEach(() => {
      folder = temporaryDirectory()
    })
    afterEach(() => folder.remove())

    it('sees files that come, change and go, and none that are ignored', async () => {
      mkdirSync(folder.join('docs'))
      writeFileSync(folder.join('docs', 'a.md'), 'one')
      writeFileSync(folder.join('docs', '.gitignore'), 'draft.md\n')
      const sink = memorySink()
      const reports = watchSource({ source: fileSource(['docs'], { cwd: folder.path }), sink, settle: 20 })
      await next(reports)
      const until = async (texts: Record<string, string>) => {
        // A change may come in several parts.
        while (JSON.stringify(Object.fromEntries(sink.texts)) !== JSON.stringify(texts)) await next(reports)
        expect(Object.fromEntries(sink.texts)).toEqual(texts)
      }
      mkdirSync(folder.join('docs', 'in'))
      writeFileSync(folder.join('docs', 'draft.md'), 'ignored')
      writeFileSync(folder.join('docs', 'in', 'b.md'), 'two')
      await until({ 'docs/a.md': 'one', 'docs/in/b.md': 'two' })
      writeFileSync(folder.join('docs', 'a.md'), 'changed')
      await until({ 'docs/a.md': 'changed', 'docs/in/b.md': 'two' })
      rmSync(folder.join('docs', 'in'), { recursive: true })
      await until({ 'docs/a.md': 'changed' })
      writeFileSync(folder.join('docs', '.gitignore'), 'a.md\n')
      await until({ 'docs/draft.md': 'ignored' })
      await reports.return()
    })
  })
})
