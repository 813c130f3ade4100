import { rmSync, writeFileSync } from 'node:fs'
import { createManualClock, temporaryDirectory } from '@empire/test-support'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryState } from './create-memory-state.ts'
import { createSqliteState } from './create-sqlite-state.ts'
import { fileSource } from './file-source.ts'
import { IngestError } from './ingest-error.ts'
import type { IngestEvent } from './ingest-event.ts'
import { ingest } from './ingest.ts'
import type { Sink } from './sink.ts'
import type { Source, SourceItem } from './source.ts'
import { structureChunker } from './structure-chunker.ts'

/** Items by id: their text, or an error in its place. */
type Contents = Record<string, string | Error>

function sourceOf(
  contents: Contents,
  options: Partial<Source> & { versions?: boolean } = {},
): Source & { reads: string[] } {
  const { versions = false, ...others } = options
  const reads: string[] = []
  return {
    name: 'test',
    reads,
    async *items() {
      for (const [id, text] of Object.entries(contents)) {
        yield {
          id,
          path: id,
          ...(versions ? { version: `version of ${text}` } : {}),
          async read() {
            reads.push(id)
            if (text instanceof Error) throw text
            return { bytes: Buffer.from(text), mediaType: 'text/plain' }
          },
        } satisfies SourceItem
      }
    },
    ...others,
  }
}

function memorySink(): Sink & { texts: Map<string, string>; calls: string[] } {
  const texts = new Map<string, string>()
  const calls: string[] = []
  return {
    texts,
    calls,
    async write({ id }, chunks) {
      const found: string[] = []
      for await (const { text } of chunks) found.push(text)
      texts.set(id, found.join('|'))
      calls.push(`write ${id}`)
    },
    remove(ids) {
      for (const id of ids) texts.delete(id)
      calls.push(`remove ${ids.join(' ')}`)
    },
  }
}

async function countsOf(run: ReturnType<typeof ingest>) {
  const { indexed, unchanged, deleted, skipped, deadLettered } = await run
  return { indexed, unchanged, deleted, skipped, deadLettered }
}

const none = { indexed: 0, unchanged: 0, deleted: 0, skipped: 0, deadLettered: 0 }

describe('ingest with a state', () => {
  it('reads and writes on a second run only what has changed', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    const first = { a: 'one', b: 'two', c: 'three' }
    const versions = true
    expect(await countsOf(ingest({ source: sourceOf(first, { versions }), sink, state }))).toEqual({
      ...none,
      indexed: 3,
    })
    const source = sourceOf({ ...first, b: 'new' }, { versions })
    expect(await countsOf(ingest({ source, sink, state }))).toEqual({ ...none, indexed: 1, unchanged: 2 })
    expect(source.reads).toEqual(['b'])
    expect(sink.texts.get('test:b')).toBe('new')
  })

  it('compares contents where there is no version, or another one', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ a: 'one', b: 'two' }), sink, state })
    const source = sourceOf({ a: 'one', b: 'two' }, { versions: true })
    expect(await countsOf(ingest({ source, sink, state }))).toEqual({ ...none, unchanged: 2 })
    expect(source.reads).toEqual(['a', 'b'])
    expect(sink.calls).toEqual(['write test:a', 'write test:b'])
    const again = sourceOf({ a: 'one', b: 'two' }, { versions: true })
    await ingest({ source: again, sink, state })
    expect(again.reads).toEqual([])
  })

  it('takes a source at its word that nothing has changed, if it was read before', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    const asked: unknown[] = []
    const source: Source = {
      name: 'test',
      async *items() {
        yield {
          id: 'a',
          path: 'a',
          async read({ version } = {}) {
            asked.push(version)
            if (version === 'etag') return undefined
            return { bytes: Buffer.from('text'), mediaType: 'text/plain', version: 'etag' }
          },
        }
      },
    }
    expect(await countsOf(ingest({ source, sink, state }))).toEqual({ ...none, indexed: 1 })
    expect(await countsOf(ingest({ source, sink, state }))).toEqual({ ...none, unchanged: 1 })
    expect(asked).toEqual([undefined, 'etag'])
  })

  it('does not take it at its word for what it has never read', async () => {
    const source: Source = {
      name: 'test',
      async *items() {
        yield { id: 'a', path: 'a', read: async () => undefined }
      },
    }
    const { problems } = await ingest({ source, sink: memorySink() })
    expect(problems).toEqual([
      { path: 'a', code: 'unreadable', message: 'a: the source says it is unchanged, but it was never read.' },
    ])
  })

  it('removes what is gone, and two documents of the same content each by itself', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    const events: IngestEvent[] = []
    await ingest({ source: sourceOf({ a: 'same', b: 'same', c: 'other' }), sink, state })
    const source = sourceOf({ b: 'same' })
    const report = await ingest({ source, sink, state, onEvent: (event) => events.push(event) })
    expect(report).toMatchObject({ found: 3, unchanged: 1, deleted: 2 })
    expect([...sink.texts]).toEqual([['test:b', 'same']])
    expect(events.slice(1, 3)).toEqual([
      { type: 'deleted', id: 'a' },
      { type: 'deleted', id: 'c' },
    ])
    expect(await countsOf(ingest({ source, sink, state }))).toEqual({ ...none, unchanged: 1 })
  })

  it('deletes nothing for a listing that breaks, and finishes what was listed', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ a: 'one', b: 'two', c: 'three' }), sink, state })
    const error = new Error('cut off')
    const source = sourceOf({})
    source.items = async function* items() {
      yield* sourceOf({ a: 'new' }).items()
      throw error
    }
    await expect(ingest({ source, sink, state })).rejects.toBe(error)
    expect([...sink.texts]).toEqual([
      ['test:a', 'new'],
      ['test:b', 'two'],
      ['test:c', 'three'],
    ])
  })

  it.each<[string, Partial<Source>, string[]]>([
    ['of a source that gives only some', { partial: true }, ['a', 'b', 'c']],
    ['that the source does not cover', { covers: (id) => id !== 'b' }, ['b']],
  ])('does not delete what is missing %s', async (_what, options, left) => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ a: 'one', b: 'two', c: 'three' }), sink, state })
    await ingest({ source: sourceOf({}, options), sink, state })
    expect([...sink.texts.keys()]).toEqual(left.map((id) => `test:${id}`))
  })

  it('does not delete what may be behind an item that cannot be listed', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ 'docs/a': 'one', 'docs/b': 'two', c: 'three' }), sink, state })
    const docs: SourceItem = {
      id: 'docs',
      path: 'docs',
      hides: (id) => id.startsWith('docs/'),
      async read() {
        throw new IngestError('unreadable', 'docs', 'permission denied.')
      },
    }
    const source: Source = {
      name: 'test',
      async *items() {
        yield docs
      },
    }
    expect(await countsOf(ingest({ source, sink, state }))).toEqual({ ...none, deadLettered: 1, deleted: 1 })
    expect([...sink.texts.keys()]).toEqual(['test:docs/a', 'test:docs/b'])
  })

  it('removes what has no text any more', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ a: 'one' }), sink, state })
    expect(await countsOf(ingest({ source: sourceOf({ a: '' }), sink, state }))).toEqual({ ...none, skipped: 1 })
    expect([...sink.texts]).toEqual([])
    expect(await countsOf(ingest({ source: sourceOf({}), sink, state }))).toEqual(none)
  })

  it('keeps what a sink has of an item that fails now, and takes it up when it is well again', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ a: 'one' }), sink, state })
    const broken = sourceOf({ a: new IngestError('unreadable', 'a', 'no.') })
    expect(await countsOf(ingest({ source: broken, sink, state }))).toEqual({ ...none, deadLettered: 1 })
    expect(sink.texts.get('test:a')).toBe('one')
    expect(await countsOf(ingest({ source: sourceOf({ a: 'one' }), sink, state }))).toEqual({ ...none, unchanged: 1 })
  })

  it('writes all anew for another chunker, or another sink', async () => {
    const state = createMemoryState()
    const source = sourceOf({ a: 'one' }, { versions: true })
    await ingest({ source, sink: { ...memorySink(), identity: () => 'x' }, state })
    const chunker = structureChunker({ maxTokens: 100 })
    expect((await ingest({ source, sink: { ...memorySink(), identity: () => 'x' }, state, chunker })).indexed).toBe(1)
    expect(
      (await ingest({ source, sink: { ...memorySink(), identity: async () => 'y' }, state, chunker })).indexed,
    ).toBe(1)
    expect((await ingest({ source, sink: { ...memorySink(), identity: () => 'y' }, state, chunker })).unchanged).toBe(1)
  })

  it('keeps sources apart that share a state and a sink', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ a: 'one' }, { name: 'first' }), sink, state })
    await ingest({ source: sourceOf({ a: 'two' }, { name: 'second' }), sink, state })
    await ingest({ source: sourceOf({}, { name: 'second' }), sink, state })
    expect([...sink.texts]).toEqual([['first:a', 'one']])
  })

  it('counts documents only when the sink has made sure of them', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    const flushed: number[] = []
    const contents = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`item ${index}`, 'text']))
    let indexed = 0
    await ingest({
      source: sourceOf(contents),
      sink: {
        ...sink,
        async flush() {
          flushed.push(sink.calls.length)
          expect(indexed).toBe(flushed.length === 1 ? 0 : 64)
        },
      },
      state,
      clock: createManualClock(),
      onEvent: ({ type }) => void (indexed += type === 'indexed' ? 1 : 0),
    })
    expect(flushed).toEqual([64, 100])
    expect(indexed).toBe(100)
  })

  it('has a dead letter for each document of which the sink could not make sure', async () => {
    const state = createMemoryState()
    const error = new Error('the disk is full')
    const sink = { ...memorySink(), flush: async () => Promise.reject(error) }
    const { problems, ...report } = await ingest({
      source: sourceOf({ a: 'one', b: 'two' }),
      sink,
      state,
      retry: { attempts: 1 },
    })
    expect(report).toMatchObject({ found: 2, indexed: 0, deadLettered: 2 })
    expect(problems.map(({ message }) => message)).toEqual([
      'a: the sink refused it: the disk is full',
      'b: the sink refused it: the disk is full',
    ])
    expect((await ingest({ source: sourceOf({ a: 'one', b: 'two' }), sink: memorySink(), state })).indexed).toBe(2)
  })

  it.each([
    ['of 4 MiB', Array.from({ length: 3 }, () => 'one line of text\n'.repeat(125_000)), 0, [2, 3]],
    ['that took a second', Array.from({ length: 5 }, () => 'x'), 400, [3, 5]],
  ])('lets a sink make sure of a batch %s', async (_, texts, time, expected) => {
    const clock = createManualClock()
    const sink = memorySink()
    const flushed: number[] = []
    await ingest({
      source: sourceOf(Object.fromEntries(texts.map((text, index) => [`item ${index}`, text]))),
      sink: { ...sink, flush: () => void flushed.push(sink.calls.length) },
      clock,
      state: { ...createMemoryState(), put: async () => clock.advance(time) },
    })
    expect(flushed).toEqual(expected)
  })

  it('writes each document of a batch by itself when the sink cannot take them together', async () => {
    const texts = new Map<string, string>()
    const gathered = new Map<string, string>()
    const retries: string[] = []
    let busy = true
    const sink: Sink = {
      async write({ id }, chunks) {
        for await (const { text } of chunks) gathered.set(id, text)
      },
      remove() {},
      async flush() {
        const batch = [...gathered]
        gathered.clear()
        if (batch.some(([id]) => id === 'test:poison')) throw new Error('poison')
        if (busy && batch.length === 1) {
          busy = false
          throw new Error('busy')
        }
        for (const [id, text] of batch) texts.set(id, text)
      },
    }
    const contents: Contents = { a: 'one', poison: 'two', b: 'three' }
    const { problems, ...report } = await ingest({
      source: sourceOf(contents),
      sink,
      clock: { ...createManualClock(), sleep: async () => {} },
      onEvent(event) {
        if (event.type === 'retry') retries.push(`${event.path} ${event.attempt}`)
      },
    })
    expect(report).toMatchObject({ found: 3, indexed: 2, deadLettered: 1 })
    expect(problems.map(({ message }) => message)).toEqual(['poison: the sink refused it: poison'])
    expect(retries).toEqual(['a 1', 'poison 1', 'poison 2'])
    expect([...texts]).toEqual([
      ['test:a', 'one'],
      ['test:b', 'three'],
    ])
  })

  it('writes again what it cannot know the sink to have, also if the content is the old one again', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf({ a: 'old' }), sink, state })
    const controller = new AbortController()
    const crashing: Sink = {
      ...sink,
      async write(document, chunks, options) {
        await sink.write(document, chunks, options)
        controller.abort('crash')
      },
    }
    const crashed = ingest({ source: sourceOf({ a: 'new' }), sink: crashing, state, signal: controller.signal })
    await expect(crashed).rejects.toBe('crash')
    expect(sink.texts.get('test:a')).toBe('new')
    await ingest({ source: sourceOf({ a: 'old' }), sink, state })
    expect(sink.texts.get('test:a')).toBe('old')
  })

  it('removes a document that the sink took in a run that crashed, and that is gone since', async () => {
    const state = createMemoryState()
    const sink = memorySink()
    const controller = new AbortController()
    const crashing: Sink = {
      ...sink,
      async write(document, chunks, options) {
        await sink.write(document, chunks, options)
        controller.abort('crash')
      },
    }
    const crashed = ingest({ source: sourceOf({ a: 'new' }), sink: crashing, state, signal: controller.signal })
    await expect(crashed).rejects.toBe('crash')
    expect(await countsOf(ingest({ source: sourceOf({}), sink, state }))).toEqual({ ...none, deleted: 1 })
    expect([...sink.texts]).toEqual([])
  })

  it.each([
    ['one', { a: 'first' }],
    ['several', { a: 'first', b: 'second' }],
  ])('writes again what came back after a run that crashed while it removed %s', async (_, contents) => {
    const state = createMemoryState()
    const sink = memorySink()
    await ingest({ source: sourceOf(contents), sink, state })
    const all = new Map(sink.texts)
    const controller = new AbortController()
    const crashing: Sink = {
      ...sink,
      async remove(ids, options) {
        await sink.remove(ids, options)
        controller.abort('crash')
      },
    }
    const crashed = ingest({ source: sourceOf({}), sink: crashing, state, signal: controller.signal })
    await expect(crashed).rejects.toBe('crash')
    expect([...sink.texts]).toEqual([])
    await ingest({ source: sourceOf(contents), sink, state })
    expect(sink.texts).toEqual(all)
  })

  it('has in the sink what the source has, after any changes, failures and crashes', async () => {
    const text = fc.constantFrom('one', 'two', 'three', '', '# A\n\nlong enough\n\n# B\n\nfor two')
    const contents = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), text)
    const trouble = fc.constantFrom('none', 'crash', 'refuse', 'break')
    const run = fc.record({ contents, trouble, at: fc.nat(6) })
    await fc.assert(
      fc.asyncProperty(fc.array(run, { maxLength: 6 }), contents, fc.boolean(), async (runs, last, versions) => {
        const state = createMemoryState()
        const sink = memorySink()
        for (const { contents: found, trouble: kind, at } of runs) {
          const controller = new AbortController()
          let calls = 0
          const troubled: Sink = {
            ...sink,
            async write(document, chunks, options) {
              if (kind === 'refuse' && calls++ === at) throw new Error('refused')
              await sink.write(document, chunks, options)
              if (kind === 'crash' && calls++ === at) controller.abort('crash')
            },
            async remove(ids, options) {
              if (kind === 'refuse' && calls++ === at) throw new Error('refused')
              await sink.remove(ids, options)
              if (kind === 'crash' && calls++ === at) controller.abort('crash')
            },
          }
          const source = sourceOf(found, { versions })
          if (kind === 'break') {
            source.items = async function* items() {
              let listed = 0
              for await (const item of sourceOf(found, { versions }).items()) {
                if (listed++ === at) throw new Error('broken')
                yield item
              }
              throw new Error('broken')
            }
          }
          const retry = { attempts: 1 }
          await ingest({ source, sink: troubled, state, retry, signal: controller.signal }).catch(() => {})
        }
        const report = await ingest({ source: sourceOf(last, { versions }), sink, state })
        const expected = Object.entries(last).filter(([, content]) => content !== '')
        expect(Object.fromEntries(sink.texts)).toEqual(
          Object.fromEntries(expected.map(([id, content]) => [`test:${id}`, content])),
        )
        expect(report.deadLettered + report.stopped).toBe(0)
        expect(report.skipped).toBe(Object.keys(last).length - expected.length)
        const again = await ingest({ source: sourceOf(last, { versions }), sink, state })
        expect(again).toMatchObject({ unchanged: expected.length, indexed: 0, deleted: 0 })
      }),
    )
  })

  it('finds with a state on disk what has changed in a folder', async () => {
    await using folder = temporaryDirectory()
    for (const name of ['a.md', 'b.md', 'c.md']) writeFileSync(folder.join(name), `# ${name}`)
    const sink = memorySink()
    const clock = createManualClock({ now: Date.now() + 60_000 })
    const run = async () => {
      const state = createSqliteState({ path: folder.join('.state.db') })
      try {
        return await countsOf(ingest({ source: fileSource(['.'], { cwd: folder.path, clock }), sink, state }))
      } finally {
        await state.close()
      }
    }
    expect(await run()).toEqual({ ...none, indexed: 3 })
    writeFileSync(folder.join('b.md'), '# B.md')
    rmSync(folder.join('c.md'))
    expect(await run()).toEqual({ ...none, indexed: 1, unchanged: 1, deleted: 1 })
    expect([...sink.texts]).toEqual([
      ['files:a.md', '# a.md'],
      ['files:b.md', '# B.md'],
    ])
    expect(await run()).toEqual({ ...none, unchanged: 2 })
  })
})
