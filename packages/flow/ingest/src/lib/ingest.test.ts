import { getEventListeners } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createManualClock } from '@empire/test-support'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chunker } from './chunker.ts'
import { createMemoryDeadLetters } from './create-memory-dead-letters.ts'
import { createMemoryState } from './create-memory-state.ts'
import { fileSource } from './file-source.ts'
import { IngestError } from './ingest-error.ts'
import type { IngestEvent, IngestReport } from './ingest-event.ts'
import { ingest } from './ingest.ts'
import type { Sink } from './sink.ts'
import type { Source, SourceItem } from './source.ts'
import { structureChunker } from './structure-chunker.ts'

function itemOf(path: string, text = `Text of ${path}.`): SourceItem {
  return { id: path, path, read: async () => ({ bytes: Buffer.from(text), mediaType: 'text/plain' }) }
}

function failingItem(path: string, error: unknown): SourceItem {
  return {
    ...itemOf(path),
    async read() {
      throw error
    },
  }
}

function sourceOf(items: Iterable<SourceItem>): Source {
  return {
    name: 'test',
    async *items() {
      yield* items
    },
  }
}

/** Keeps the texts of the chunks, by path. */
function collect(): Sink & { paths: string[]; texts: Record<string, string[]> } {
  const paths: string[] = []
  const texts: Record<string, string[]> = {}
  return {
    paths,
    texts,
    async write({ path }, chunks) {
      const found: string[] = []
      for await (const { text } of chunks) found.push(text)
      paths.push(path)
      texts[path] = found
    },
    remove() {},
  }
}

/** Takes all chunks, and then does something. */
function sinkOf(write: (path: string, signal: AbortSignal | undefined) => unknown): Sink {
  return {
    async write({ path }, chunks, { signal }) {
      for await (const { text } of chunks) expect(text).not.toBe('')
      await write(path, signal)
    },
    remove() {},
  }
}

/** Breaks on every text. */
function brokenChunker(error: Error): Chunker {
  return { fingerprint: 'broken', start: () => ({ push: () => raise(error), end: () => [] }) }
}

const counts = {
  found: 0,
  indexed: 0,
  unchanged: 0,
  deleted: 0,
  skipped: 0,
  deadLettered: 0,
  stopped: 0,
  chunks: 0,
  bytes: 0,
}

function raise(error: unknown): never {
  throw error
}

async function reject(error: unknown): Promise<never> {
  throw error
}

function openFiles(): number {
  return readdirSync('/proc/self/fd').length
}

function reportOf(events: readonly IngestEvent[]): IngestReport {
  const last = events.at(-1)
  if (last?.type !== 'end') throw new Error('The last event is no report.')
  return last.report
}

const once = { attempts: 1 }

describe('ingest', () => {
  it('writes each document with its chunks, and says what became of each item', async () => {
    const events: IngestEvent[] = []
    const sink = collect()
    const report = await ingest({
      source: sourceOf([itemOf('a.txt', 'One.\n\nTwo.'), itemOf('b.txt', ''), itemOf('c.txt', 'a\0')]),
      sink,
      chunker: structureChunker({
        maxTokens: 1,
        counter: { name: 'words', exact: true, count: (text) => text.split(/\s+/).length },
      }),
      clock: createManualClock({ now: 5000 }),
      onEvent: (event) => events.push(event),
    })
    const empty = { path: 'b.txt', code: 'empty', message: 'b.txt: skipped, the file is empty.' }
    const binary = { path: 'c.txt', code: 'binary', message: 'c.txt: not text but binary data (a NUL at byte 1).' }
    expect(sink.texts).toEqual({ 'a.txt': ['One.', 'Two.'] })
    expect(report).toEqual({
      ...counts,
      found: 3,
      indexed: 1,
      skipped: 1,
      deadLettered: 1,
      chunks: 2,
      bytes: 10,
      problems: [empty, binary],
    })
    expect(events).toEqual([
      { type: 'indexed', id: 'a.txt', path: 'a.txt', chunks: 2, bytes: 10 },
      { type: 'skipped', id: 'b.txt', problem: empty },
      {
        type: 'dead-lettered',
        id: 'c.txt',
        problem: binary,
        error: expect.any(IngestError),
        letter: {
          id: 'test:c.txt',
          source: 'test',
          item: { id: 'c.txt', path: 'c.txt' },
          input: { mediaType: 'text/plain', content: 'YQA=', complete: true },
          step: 'parse',
          errorClass: 'binary',
          message: 'c.txt: not text but binary data (a NUL at byte 1).',
          stack: expect.stringContaining('IngestError'),
          attempts: 1,
          at: 5000,
          replays: 0,
        },
      },
      { type: 'end', report },
    ])
  })

  it('reports nothing for nothing', async () => {
    await expect(ingest({ source: sourceOf([]), sink: collect() })).resolves.toEqual({ ...counts, problems: [] })
  })

  it('goes on after a read that fails and a document that the sink refuses', async () => {
    const broken = new Error('the disk\nis full')
    const events: IngestEvent[] = []
    const { problems } = await ingest({
      source: sourceOf([failingItem('a', new Error('reset')), itemOf('b'), itemOf('c'), failingItem('d', 'a text')]),
      sink: sinkOf((path) => (path === 'b' ? raise(broken) : undefined)),
      retry: once,
      onEvent: (event) => events.push(event),
    })
    expect(problems).toEqual([
      { path: 'a', code: 'unreadable', message: 'a: cannot be read: reset' },
      { path: 'b', code: 'sink_failed', message: String.raw`b: the sink refused it: the disk\nis full` },
      { path: 'd', code: 'unreadable', message: 'd: cannot be read: a text' },
    ])
    expect(events[1]).toMatchObject({ type: 'dead-lettered', error: broken })
    expect(events.map((event) => event.type)).toEqual([
      'dead-lettered',
      'dead-lettered',
      'indexed',
      'dead-lettered',
      'end',
    ])
  })

  it('names a document of which the sink did not take every chunk', async () => {
    const { problems, indexed } = await ingest({
      source: sourceOf([itemOf('a', '# A\n\none\n\n# B\n\ntwo')]),
      sink: {
        async write(_document, chunks) {
          for await (const { text } of chunks) if (text !== '') break
        },
        remove() {},
      },
      chunker: structureChunker({ maxTokens: 3 }),
    })
    expect(indexed).toBe(0)
    expect(problems).toEqual([
      {
        path: 'a',
        code: 'chunks_lost',
        message:
          'a: the sink took 1 chunks and left the rest, where all were expected. It has to iterate them to the end.',
      },
    ])
  })

  it('closes a content of which nobody asks for a chunk', async () => {
    let open = 0
    async function* stream(): AsyncGenerator<Uint8Array, void, undefined> {
      open++
      try {
        for (let sent = 0; sent < 10; sent++) yield Buffer.from('a paragraph\n\n'.repeat(2000))
      } finally {
        open--
      }
    }
    const bytes = { [Symbol.asyncIterator]: stream }
    const read = async () => ({ bytes, repeatable: true, mediaType: 'text/plain' })
    const source = sourceOf([{ ...itemOf('a'), read }])
    const options = { source, maxMemory: 1000, retry: { attempts: 1 } }
    const report = await ingest({ ...options, sink: { write() {}, remove() {} } })
    expect(report.problems).toMatchObject([{ code: 'chunks_lost' }])
    await new Promise(setImmediate)
    expect(open).toBe(0)
    const state = { ...createMemoryState(), put: () => raise(new Error('full')) }
    await expect(ingest({ ...options, sink: collect(), state })).rejects.toThrow('full')
    await new Promise(setImmediate)
    expect(open).toBe(0)
  })

  it('does not believe a sink that keeps an error of the chunks to itself', async () => {
    const error = new Error('unknown model')
    const { problems } = await ingest({
      source: sourceOf([itemOf('a')]),
      chunker: brokenChunker(error),
      sink: {
        async write(_document, chunks) {
          await chunks[Symbol.asyncIterator]()
            .next()
            .catch(() => {})
        },
        remove() {},
      },
    })
    expect(problems).toEqual([{ path: 'a', code: 'chunker_failed', message: 'a: the chunker failed: unknown model' }])
  })

  it('names an id that the source lists twice', async () => {
    const sink = collect()
    const { problems, indexed } = await ingest({ source: sourceOf([itemOf('a'), itemOf('a', 'other')]), sink })
    expect(indexed).toBe(1)
    expect(sink.texts).toEqual({ a: ['Text of a.'] })
    expect(problems).toEqual([
      {
        path: 'a',
        code: 'duplicate_id',
        message: 'a: the source lists the id "a" twice, and each stands for one item.',
      },
    ])
  })

  it('keeps the order of the source, whichever read is done first', async () => {
    const first = Promise.withResolvers<void>()
    const slow: SourceItem = {
      ...itemOf('slow'),
      async read() {
        await first.promise
        return itemOf('slow').read()
      },
    }
    const quick: SourceItem = {
      ...itemOf('quick'),
      async read() {
        first.resolve()
        return itemOf('quick').read()
      },
    }
    const sink = collect()
    await ingest({ source: sourceOf([slow, quick]), sink })
    expect(sink.paths).toEqual(['slow', 'quick'])
  })

  it('holds no more ahead of the sink than one content over what it may hold', async () => {
    let held = 0
    let most = 0
    const items = Array.from({ length: 10 }, (_, index) => ({
      ...itemOf(`${index}`),
      async read() {
        most = Math.max(most, ++held)
        return { bytes: Buffer.from('x'.repeat(1000)), mediaType: 'text/plain' }
      },
    }))
    await ingest({ source: sourceOf(items), sink: sinkOf(() => held--), maxMemory: 1500 })
    expect(most).toBeLessThanOrEqual(3)
  })

  it('reads one content at a time, once it knows that two are more than it may hold', async () => {
    const log: string[] = []
    const items = Array.from({ length: 6 }, (_, index) => ({
      ...itemOf(`${index}`),
      async read() {
        log.push(`read ${index}`)
        return { bytes: Buffer.from('x'.repeat(1000)), mediaType: 'text/plain' }
      },
    }))
    const sink = sinkOf((path) => log.push(`wrote ${path}`))
    await ingest({ source: sourceOf(items), sink, maxMemory: 1500, readAhead: 2 })
    expect(log.slice(-6)).toEqual(['read 3', 'wrote 3', 'read 4', 'wrote 4', 'read 5', 'wrote 5'])
  })

  it('leaves timers their turn, where source and sink answer at once', async () => {
    const controller = new AbortController()
    const source: Source = {
      name: 'endless',
      async *items() {
        for (let index = 0; ; index++) yield itemOf(`${index}`)
      },
    }
    setImmediate(() => controller.abort(new Error('enough')))
    await expect(ingest({ source, sink: sinkOf(() => {}), signal: controller.signal })).rejects.toThrow('enough')
    const long = itemOf('a', 'A sentence. '.repeat(20_000))
    let turns = 0
    let over = false
    const turn = (): void => {
      turns++
      if (!over) setImmediate(turn)
    }
    setImmediate(turn)
    await ingest({ source: sourceOf([long]), sink: sinkOf(() => (over = true)) })
    expect(turns).toBeGreaterThan(5)
  })

  it.each([
    ['no item', null, 'Expected the source to list items, got null.'],
    ['nothing', undefined, 'Expected the source to list items, got undefined.'],
    ['an id that is a number', { ...itemOf('b'), id: 5 }, 'Expected "id" of an item to be a text, got a number (5).'],
    ['no path', { ...itemOf('b'), path: undefined }, 'Expected "path" of an item to be a text, got undefined.'],
    [
      'a kind of none',
      { ...itemOf('b'), mediaType: 7 },
      'Expected "mediaType" of an item to be a text, got a number (7).',
    ],
    ['no read()', { id: 'b', path: 'b' }, 'Expected "read" of the item "b" to be a function, got undefined.'],
  ])('ends at a listing with %s, and deletes nothing', async (_what, wrong, message) => {
    const state = createMemoryState()
    const sink = collect()
    await ingest({ source: sourceOf([itemOf('c')]), sink, state })
    let left = false
    const source: Source = {
      name: 'test',
      async *items() {
        try {
          yield itemOf('a')
          yield wrong as never
        } finally {
          left = true
        }
      },
    }
    await expect(ingest({ source, sink, state })).rejects.toThrow(new TypeError(message))
    expect(sink.paths).toEqual(['c', 'a'])
    expect(await state.get('test', 'c')).toBeDefined()
    expect(left).toBe(true)
  })

  it('refuses items that are no async iterable', async () => {
    const source = { name: 'test', items: () => [] } as unknown as Source
    await expect(ingest({ source, sink: collect() })).rejects.toThrow(
      new TypeError('Expected "source.items()" to give an async iterable, got an empty array.'),
    )
  })

  it.each([
    [null, 'the source gave null as its content.'],
    [{ bytes: Buffer.from('a') }, 'the source gave undefined as its media type.'],
    [
      { bytes: 'text', mediaType: 'text/plain' },
      'the source gave a string ("text") where a Uint8Array or a stream of such was expected.',
    ],
    [
      { bytes: Readable.from(['text']), mediaType: 'text/plain' },
      'its stream gave a string ("text") where a Uint8Array was expected.',
    ],
  ])('fails the one item whose content is %j', async (content, message) => {
    const wrong = { ...itemOf('a'), read: async () => content as never }
    const report = await ingest({ source: sourceOf([wrong, itemOf('b')]), sink: collect() })
    expect(report).toMatchObject({ found: 2, indexed: 1, deadLettered: 1 })
    expect(report.problems).toEqual([{ path: 'a', code: 'unreadable', message: `a: ${message}` }])
  })

  it('asks a source for no more than it reads ahead of the sink', async () => {
    let listed = 0
    let written = 0
    let furthest = 0
    function* endless() {
      for (; listed < 50; listed++) yield itemOf(`${listed}`)
    }
    await ingest({
      source: sourceOf(endless()),
      readAhead: 3,
      sink: sinkOf(async () => {
        furthest = Math.max(furthest, listed - written)
        await Promise.resolve()
        written++
      }),
    })
    expect(written).toBe(50)
    expect(furthest).toBeLessThanOrEqual(3)
  })

  describe('when aborted', () => {
    const reason = new Error('the user left')

    it('does nothing, if it was before the start', async () => {
      let asked = false
      const source: Source = {
        name: 'test',
        async *items() {
          asked = true
          yield itemOf('a')
        },
      }
      await expect(ingest({ source, sink: collect(), signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
      expect(asked).toBe(false)
    })

    it.each([
      [
        'a source that hangs',
        { items: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) }) },
        {},
      ],
      ['a read that hangs', sourceOf([{ ...itemOf('a'), read: () => new Promise<never>(() => {}) }]), {}],
      ['a sink that hangs', sourceOf([itemOf('a')]), { write: () => new Promise<never>(() => {}) }],
    ])('does not wait for %s', async (_what, source, sink) => {
      const controller = new AbortController()
      const events: IngestEvent[] = []
      const run = ingest({
        source: { name: 'test', ...source },
        sink: { ...collect(), ...sink },
        signal: controller.signal,
        onEvent: (event) => events.push(event),
      })
      setImmediate(() => controller.abort(reason))
      await expect(run).rejects.toBe(reason)
      const { found, indexed, stopped } = reportOf(events)
      expect({ indexed, stopped }).toEqual({ indexed: 0, stopped: found })
    })

    it('names what was found and not finished, and closes the source', async () => {
      const controller = new AbortController()
      const events: IngestEvent[] = []
      let closed = false
      const source: Source = {
        name: 'test',
        async *items() {
          try {
            for (let index = 0; ; index++) yield itemOf(`${index}`)
          } finally {
            closed = true
          }
        },
      }
      const run = ingest({
        source,
        sink: sinkOf((path, signal) => {
          if (path !== '2') return
          controller.abort(reason)
          signal?.throwIfAborted()
        }),
        readAhead: 2,
        signal: controller.signal,
        onEvent: (event) => events.push(event),
      })
      await expect(run).rejects.toBe(reason)
      expect(closed).toBe(true)
      expect(reportOf(events)).toMatchObject({
        found: 4,
        indexed: 2,
        stopped: 2,
        problems: [
          { path: '2', code: 'stopped', message: '2: the run ended before it was indexed.' },
          { path: '3', code: 'stopped', message: '3: the run ended before it was indexed.' },
        ],
      })
    })

    it('leaves no listener behind', async () => {
      const { signal } = new AbortController()
      await ingest({ source: sourceOf([itemOf('a'), itemOf('b', '')]), sink: collect(), signal })
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    })
  })

  it('rejects with the error of a source that breaks, after a report of what was done', async () => {
    const error = new Error('the listing was cut')
    const events: IngestEvent[] = []
    function* cut() {
      yield itemOf('a')
      yield itemOf('b')
      throw error
    }
    const run = ingest({
      source: sourceOf(cut()),
      sink: collect(),
      readAhead: 1,
      onEvent: (event) => events.push(event),
    })
    await expect(run).rejects.toBe(error)
    expect(reportOf(events)).toMatchObject({ found: 2, indexed: 2, deadLettered: 0 })
  })

  it('rejects with the error of the state, and closes the source', async () => {
    const error = new Error('the disk is full')
    let closed = false
    const source: Source = {
      name: 'test',
      async *items() {
        try {
          for (let index = 0; ; index++) yield itemOf(`${index}`)
        } finally {
          closed = true
        }
      },
    }
    const events: IngestEvent[] = []
    const state = { ...createMemoryState(), put: () => raise(error) }
    const run = ingest({ source, sink: collect(), state, onEvent: (event) => events.push(event) })
    await expect(run).rejects.toBe(error)
    expect(closed).toBe(true)
    expect(reportOf(events)).toMatchObject({ indexed: 0, stopped: 8 })
  })

  it('rejects with what an event listener throws, after the item it heard of', async () => {
    const error = new Error('no terminal')
    const sink = collect()
    const run = ingest({ source: sourceOf([itemOf('a'), itemOf('b')]), sink, onEvent: () => raise(error) })
    await expect(run).rejects.toBe(error)
    expect(sink.paths).toEqual(['a'])
  })

  it.each([
    ['does not close a source that broke', () => Promise.reject(new Error('real')), 0],
    ['does not close a source that broke at once', () => raise(new Error('real')), 0],
    ['hides no error by one of closing', async () => ({ value: itemOf('a') }), 1],
    ['hides no error by one of closing at once', async () => ({ value: itemOf('a') }), 1, raise],
  ])('%s', async (_what, next, closings, fail: (error: unknown) => unknown = reject) => {
    let closed = 0
    const items = {
      next,
      return() {
        closed++
        return fail(new Error('mask'))
      },
    } as AsyncIterator<SourceItem>
    const source: Source = { name: 'test', items: () => ({ [Symbol.asyncIterator]: () => items }) }
    const state = { ...createMemoryState(), get: () => raise(new Error('real')) }
    await expect(ingest({ source, sink: collect(), state })).rejects.toThrow('real')
    expect(closed).toBe(closings)
  })

  it('accounts for every item, whatever fails or stops', async () => {
    const kind = fc.constantFrom('good', 'empty', 'binary', 'unread', 'refused', 'abort', 'break')
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (kinds, readAhead) => {
        const controller = new AbortController()
        const events: IngestEvent[] = []
        const written: string[] = []
        const deadLetters = createMemoryDeadLetters()
        function* items() {
          for (const [index, what] of kinds.entries()) {
            if (what === 'break') throw new Error('broken source')
            const path = `${index}-${what}`
            if (what === 'unread') yield failingItem(path, new Error('unread'))
            else yield itemOf(path, what === 'empty' ? '' : what === 'binary' ? '\0' : 'text')
          }
        }
        const run = ingest({
          source: sourceOf(items()),
          sink: sinkOf((path) => {
            if (path.endsWith('abort')) controller.abort('stop')
            if (path.endsWith('refused')) throw new Error('refused')
            written.push(path)
          }),
          readAhead,
          deadLetters,
          retry: once,
          signal: controller.signal,
          onEvent: (event) => events.push(event),
        })
        const [ended] = await Promise.allSettled([run])
        const { found, indexed, skipped, deadLettered, stopped, problems } = reportOf(events)
        expect(indexed + skipped + deadLettered + stopped).toBe(found)
        expect(problems).toHaveLength(skipped + deadLettered + stopped)
        expect([...(deadLetters.list() as Iterable<unknown>)]).toHaveLength(deadLettered)
        expect(events).toHaveLength(found + 1)
        // The sink may have taken a document at the moment of the abort.
        expect(written.length - indexed).toBeOneOf(stopped > 0 ? [0, 1] : [0])
        expect(ended.status).toBe(
          found === kinds.length && stopped === 0 && !controller.signal.aborted ? 'fulfilled' : 'rejected',
        )
      }),
    )
  })

  it.skipIf(process.platform !== 'linux')('closes what it opened, also when aborted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ingest-'))
    try {
      for (let index = 0; index < 100; index++) writeFileSync(join(folder, `${index}.md`), 'text')
      const before = openFiles()
      let furthest = 0
      const controller = new AbortController()
      const run = (signal?: AbortSignal, last = 100) => {
        let written = 0
        return ingest({
          source: fileSource([folder]),
          sink: sinkOf(() => {
            furthest = Math.max(furthest, openFiles() - before)
            if (++written === last) controller.abort('enough')
          }),
          signal,
        })
      }
      await run()
      expect(openFiles()).toBe(before)
      expect(furthest).toBeLessThanOrEqual(8)
      await expect(run(controller.signal, 50)).rejects.toBe('enough')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['source', { source: {} }, 'Expected "source" to be a Source, got an object.'],
    [
      'name',
      { source: { ...sourceOf([]), name: 'a:b' } },
      'Expected "source.name" to be a name without a ":", got a string ("a:b").',
    ],
    ['sink', { sink: () => {} }, 'Expected "sink" to be a Sink, got a function.'],
    ['parsers', { parsers: [{}] }, 'Expected "parsers" to be a list of Parser, got an object.'],
    ['chunker', { chunker: {} }, 'Expected "chunker" to be a Chunker, got an object.'],
    ['state', { state: {} }, 'Expected "state" to be an IngestState, got an object.'],
    ['readAhead', { readAhead: 0 }, 'Expected "readAhead" to be a whole number from 1, got a number (0).'],
    [
      'attempts',
      { retry: { attempts: 0 } },
      'Expected "retry.attempts" to be a whole number from 1, got a number (0).',
    ],
    ['option', { chunkr: {} }, '"options" has no key "chunkr". Did you mean "chunker"?'],
    ['retry', { retry: { atempts: 2 } }, '"retry" has no key "atempts". Did you mean "attempts"?'],
  ])('refuses a wrong %s', async (_name, wrong, message) => {
    const run = ingest({ source: sourceOf([itemOf('a')]), sink: collect(), ...(wrong as object) })
    await expect(run).rejects.toThrow(new TypeError(message))
  })
})
