import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEstimator, type TokenCounter } from '@empire/tokens'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileSource } from './file-source.ts'
import { IngestError } from './ingest-error.ts'
import { ingest } from './ingest.ts'
import type { Sink } from './sink.ts'
import type { Source, SourceItem } from './source.ts'
import type { IngestEvent, IngestReport } from './tally.ts'

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

function collect(): Sink & { paths: string[] } {
  const paths: string[] = []
  return {
    paths,
    write(document) {
      paths.push(document.path)
    },
  }
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

describe('ingest', () => {
  it('writes each document with its chunks, tells of it, and reports', async () => {
    const events: IngestEvent[] = []
    const written: unknown[] = []
    const report = await ingest({
      source: sourceOf([itemOf('a.txt', 'One.\n\nTwo.'), itemOf('b.txt', ''), itemOf('c.txt', 'x\0')]),
      sink: { write: (document, chunks) => void written.push([document.path, chunks.map((chunk) => chunk.text)]) },
      maxTokens: 1,
      counter: { name: 'words', exact: true, count: (text) => text.split(/\s+/).length },
      onEvent: (event) => events.push(event),
    })
    const empty = { path: 'b.txt', code: 'empty', message: 'b.txt: skipped, the file is empty.' }
    const binary = { path: 'c.txt', code: 'binary', message: 'c.txt: not text but binary data (a NUL at byte 1).' }
    expect(written).toEqual([['a.txt', ['One.', 'Two.']]])
    expect(report).toEqual({
      found: 3,
      indexed: 1,
      skipped: 1,
      failed: 1,
      chunks: 2,
      bytes: 10,
      problems: [empty, binary],
    })
    expect(events).toEqual([
      { type: 'indexed', path: 'a.txt', chunks: 2, bytes: 10 },
      { type: 'skipped', problem: empty },
      { type: 'failed', problem: binary, error: expect.any(IngestError) },
      { type: 'end', report },
    ])
  })

  it('reports nothing for nothing', async () => {
    await expect(ingest({ source: sourceOf([]), sink: collect() })).resolves.toEqual({
      found: 0,
      indexed: 0,
      skipped: 0,
      failed: 0,
      chunks: 0,
      bytes: 0,
      problems: [],
    })
  })

  it('goes on after a read that fails and a document that the sink refuses', async () => {
    const broken = new Error('the disk\nis full')
    const events: IngestEvent[] = []
    const { problems } = await ingest({
      source: sourceOf([failingItem('a', new Error('reset')), itemOf('b'), itemOf('c'), failingItem('d', 'a text')]),
      sink: {
        write({ path }) {
          if (path === 'b') throw broken
          return Promise.resolve()
        },
      },
      onEvent: (event) => events.push(event),
    })
    expect(problems).toEqual([
      { path: 'a', code: 'unreadable', message: 'a: cannot be read: reset' },
      { path: 'b', code: 'sink_failed', message: String.raw`b: the sink refused it: the disk\nis full` },
      { path: 'd', code: 'unreadable', message: 'd: cannot be read: a text' },
    ])
    expect(events[1]).toMatchObject({ type: 'failed', error: broken })
    expect(events.map((event) => event.type)).toEqual(['failed', 'failed', 'indexed', 'failed', 'end'])
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
      sink: {
        async write() {
          furthest = Math.max(furthest, listed - written)
          await Promise.resolve()
          written++
        },
      },
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
      const { found, indexed, failed } = reportOf(events)
      expect({ indexed, failed }).toEqual({ indexed: 0, failed: found })
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
        sink: {
          write({ path }, _chunks, { signal }) {
            if (path !== '2') return
            controller.abort(reason)
            signal?.throwIfAborted()
          },
        },
        readAhead: 2,
        signal: controller.signal,
        onEvent: (event) => events.push(event),
      })
      await expect(run).rejects.toBe(reason)
      expect(closed).toBe(true)
      expect(reportOf(events)).toMatchObject({
        found: 4,
        indexed: 2,
        failed: 2,
        problems: [
          { path: '2', code: 'stopped', message: '2: the run ended before it was indexed.' },
          { path: '3', code: 'stopped', message: '3: the run ended before it was indexed.' },
        ],
      })
    })

    it('leaves no listener behind', async () => {
      const { signal } = new AbortController()
      let listeners = 0
      const { addEventListener, removeEventListener } = signal
      signal.addEventListener = (...args: Parameters<AbortSignal['addEventListener']>) => {
        listeners++
        addEventListener.apply(signal, args)
      }
      signal.removeEventListener = (...args: Parameters<AbortSignal['removeEventListener']>) => {
        listeners--
        removeEventListener.apply(signal, args)
      }
      await ingest({ source: sourceOf([itemOf('a'), itemOf('b')]), sink: collect(), signal })
      expect(listeners).toBe(0)
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
    expect(reportOf(events)).toMatchObject({ found: 2, indexed: 2, failed: 0 })
  })

  it('rejects with the error of a counter, and closes the source', async () => {
    const error = new Error('unknown model')
    let closed = false
    const source: Source = {
      name: 'test',
      async *items() {
        try {
          for (;;) yield itemOf('a')
        } finally {
          closed = true
        }
      },
    }
    const counter: TokenCounter = {
      ...createEstimator(),
      count() {
        throw error
      },
    }
    await expect(ingest({ source, sink: collect(), counter })).rejects.toBe(error)
    expect(closed).toBe(true)
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
    const counter: TokenCounter = { ...createEstimator(), count: () => raise(new Error('real')) }
    await expect(ingest({ source, sink: collect(), counter })).rejects.toThrow('real')
    expect(closed).toBe(closings)
  })

  it('accounts for every item, whatever fails or stops', async () => {
    const kind = fc.constantFrom('good', 'empty', 'binary', 'unread', 'refused', 'abort', 'break')
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (kinds, readAhead) => {
        const controller = new AbortController()
        const events: IngestEvent[] = []
        const written: string[] = []
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
          sink: {
            async write({ path }) {
              if (path.endsWith('abort')) controller.abort('stop')
              if (path.endsWith('refused')) throw new Error('refused')
              written.push(path)
            },
          },
          readAhead,
          signal: controller.signal,
          onEvent: (event) => events.push(event),
        })
        const [ended] = await Promise.allSettled([run])
        const { found, indexed, skipped, failed, problems } = reportOf(events)
        const stopped = problems.filter((problem) => problem.code === 'stopped').length
        expect(indexed + skipped + failed).toBe(found)
        expect(problems).toHaveLength(skipped + failed)
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
          sink: {
            write() {
              furthest = Math.max(furthest, openFiles() - before)
              if (++written === last) controller.abort('enough')
            },
          },
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
    ['sink', { sink: () => {} }, 'Expected "sink" to be a Sink, got a function.'],
    ['readAhead', { readAhead: 0 }, 'Expected "readAhead" to be a whole number from 1, got a number (0).'],
    ['maxTokens', { maxTokens: 0 }, 'Expected "maxTokens" to be a whole number from 1, got a number (0).'],
  ])('refuses a wrong %s', async (_name, wrong, message) => {
    const run = ingest({ source: sourceOf([itemOf('a')]), sink: collect(), ...(wrong as object) })
    await expect(run).rejects.toThrow(new TypeError(message))
  })
})
