import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createMemoryDeadLetters } from './create-memory-dead-letters.ts'
import { createMemoryState } from './create-memory-state.ts'
import type { DeadLetter, DeadLetterStore } from './dead-letter.ts'
import { defaultParsers } from './default-parsers.ts'
import { functionSink } from './function-sink.ts'
import { IngestError } from './ingest-error.ts'
import type { IngestEvent } from './ingest-event.ts'
import { ingest } from './ingest.ts'
import { iterableSource } from './iterable-source.ts'
import type { Parser } from './parser.ts'
import { replayDeadLetters } from './replay-dead-letters.ts'
import type { Sink } from './sink.ts'
import type { Source } from './source.ts'

function sourceOf(ids: readonly string[], options: Partial<Source> = {}): Source {
  return {
    ...iterableSource(
      ids.map((id) => ({ id, content: `text of ${id}` })),
      { name: 'test' },
    ),
    ...options,
  }
}

/** Takes all chunks, unless `refuse` throws. */
function sinkOf(refuse: (itemId: string) => void): Sink & { written: string[] } {
  const written: string[] = []
  const sink = functionSink(async ({ itemId }, chunks) => {
    for await (const { text } of chunks) expect(text).not.toBe('')
    refuse(itemId)
    written.push(itemId)
  })
  return { ...sink, written }
}

function lettersOf(store: DeadLetterStore): DeadLetter[] {
  return [...(store.list() as Iterable<DeadLetter>)]
}

function raise(): never {
  throw new Error('refused')
}

const ids = Array.from({ length: 25 }, (_, index) => `${index}`)
/** So that waits take no time. */
const quick = { baseDelay: 0 }

describe('ingest', () => {
  it('keeps the letter of an id that is listed twice, also where the sink makes sure of several at once', async () => {
    const deadLetters = createMemoryDeadLetters()
    const sink: Sink = { ...sinkOf(() => {}), flush() {} }
    const report = await ingest({ source: sourceOf(['a', 'a', 'b']), sink, deadLetters })
    expect(report).toMatchObject({ found: 3, indexed: 2, deadLettered: 1 })
    expect(lettersOf(deadLetters)).toMatchObject([{ id: 'test:a', errorClass: 'duplicate_id' }])
  })

  it('does not read all letters, of which there may be many, for a run over a few items', async () => {
    const deadLetters = createMemoryDeadLetters()
    await ingest({ source: sourceOf(['a']), sink: sinkOf(() => raise()), deadLetters, retry: { attempts: 1 } })
    const unlisted: DeadLetterStore = { ...deadLetters, list: () => raise() }
    await ingest({ source: sourceOf(['a', 'b']), sink: sinkOf(() => {}), deadLetters: unlisted })
    expect(lettersOf(deadLetters)).toEqual([])
  })

  it('tries again, after longer and longer waits, what may succeed later', async () => {
    const clock = createManualClock()
    const events: IngestEvent[] = []
    let calls = 0
    const error = new Error('busy')
    const sink = sinkOf(() => {
      if (++calls < 3) throw error
    })
    const onEvent = (event: IngestEvent) => void events.push(event)
    const run = ingest({ source: sourceOf(['a']), sink, clock, random: () => 0.5, onEvent })
    await clock.whenWaiting()
    await clock.advance(250)
    await clock.whenWaiting()
    await clock.advance(500)
    expect((await run).indexed).toBe(1)
    const retry = { type: 'retry', id: 'a', path: 'a', step: 'write', error }
    expect(events.slice(0, 2)).toEqual([
      { ...retry, attempt: 1, delay: 250 },
      { ...retry, attempt: 2, delay: 500 },
    ])
  })

  it('waits as long as a source asks', async () => {
    const clock = createManualClock()
    let reads = 0
    const source = sourceOf([], {
      async *items() {
        yield {
          id: 'a',
          path: 'a',
          async read() {
            if (++reads === 1)
              throw new IngestError('throttled', 'a', 'slow down.', { retryable: true, retryAfter: 7000 })
            return { bytes: Buffer.from('text'), mediaType: 'text/plain' }
          },
        }
      },
    })
    const delays: number[] = []
    const onEvent = (event: IngestEvent) => event.type === 'retry' && delays.push(event.delay)
    const run = ingest({ source, sink: sinkOf(() => {}), clock, onEvent })
    await clock.whenWaiting()
    await clock.advance(7000)
    expect((await run).indexed).toBe(1)
    expect(delays).toEqual([7000])
  })

  it('does not try again what will not be better', async () => {
    const parsed: string[] = []
    const poison: Parser = {
      mediaTypes: ['text/plain'],
      fingerprint: 'poison/1',
      parse({ id }) {
        parsed.push(id)
        throw new RangeError('stack exhausted')
      },
    }
    const deadLetters = createMemoryDeadLetters()
    const source = sourceOf(['a'])
    const { problems } = await ingest({ source, sink: sinkOf(() => {}), parsers: [poison], deadLetters })
    expect(parsed).toEqual(['a'])
    expect(problems).toEqual([{ path: 'a', code: 'parser_failed', message: 'a: the parser failed: stack exhausted' }])
    expect(lettersOf(deadLetters)).toMatchObject([
      { step: 'parse', errorClass: 'parser_failed', attempts: 1, stack: expect.stringContaining('RangeError') },
    ])
  })

  it('has a letter for each document of a sink that refuses every tenth', async () => {
    const deadLetters = createMemoryDeadLetters()
    const sink = sinkOf((id) => {
      if (Number(id) % 10 === 9) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    })
    const report = await ingest({ source: sourceOf(ids), sink, deadLetters, retry: quick })
    expect(report).toMatchObject({ found: 25, indexed: 23, deadLettered: 2 })
    expect(lettersOf(deadLetters)).toMatchObject([
      { item: { id: '9' }, step: 'write', errorClass: 'ENOSPC', attempts: 3, replays: 0 },
      { item: { id: '19' }, step: 'write', errorClass: 'ENOSPC', attempts: 3, replays: 0 },
    ])
  })

  it('settles a letter when its item succeeds, is skipped, or is gone', async () => {
    const deadLetters = createMemoryDeadLetters()
    const state = createMemoryState()
    const refusing = sinkOf(() => {
      throw new IngestError('refused', 'x', 'no.')
    })
    await ingest({ source: sourceOf(['a', 'b', 'c']), sink: refusing, deadLetters, state })
    expect(lettersOf(deadLetters).map(({ item }) => item.id)).toEqual(['a', 'b', 'c'])
    const now = iterableSource(
      [
        { id: 'a', content: 'text' },
        { id: 'b', content: '' },
      ],
      { name: 'test' },
    )
    expect(await ingest({ source: now, sink: sinkOf(() => {}), deadLetters, state })).toMatchObject({
      indexed: 1,
      skipped: 1,
      deleted: 1,
    })
    expect(lettersOf(deadLetters)).toEqual([])
  })

  it('has letters for what the sink does not remove, and removes it later', async () => {
    const deadLetters = createMemoryDeadLetters()
    const state = createMemoryState()
    const sink = sinkOf(() => {})
    await ingest({ source: sourceOf(['a', 'b', 'c']), sink, state })
    const removed: string[] = []
    const stubborn: Sink = {
      ...sink,
      remove(documents) {
        if (documents.includes('test:b')) throw new Error('locked')
        removed.push(...documents)
      },
    }
    const report = await ingest({ source: sourceOf([]), sink: stubborn, state, deadLetters, retry: quick })
    expect(report).toMatchObject({ found: 3, deleted: 2, deadLettered: 1 })
    expect(removed).toEqual(['test:a', 'test:c'])
    expect(lettersOf(deadLetters)).toMatchObject([
      { item: { id: 'b' }, step: 'remove', message: 'b: the sink did not remove it: locked' },
    ])
    expect(await ingest({ source: sourceOf([]), sink, state, deadLetters })).toMatchObject({ found: 1, deleted: 1 })
    expect(lettersOf(deadLetters)).toEqual([])
  })

  it('keeps of the content what the limit allows, and nothing of its secrets', async () => {
    const deadLetters = createMemoryDeadLetters()
    const secret = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789ABCD'
    const source = iterableSource(
      [
        { id: 'long', content: 'x'.repeat(100) },
        { id: 'secret', content: `key ${secret}` },
      ],
      { name: 'test' },
    )
    const sink = sinkOf((id) => {
      throw new IngestError('refused', id, `no, because of ${secret}.`)
    })
    await ingest({ source, sink, deadLetters, letterBytes: 80 })
    const [long, hidden] = lettersOf(deadLetters)
    expect(Buffer.from(long!.input!.content, 'base64').toString()).toBe('x'.repeat(80))
    expect(long!.input!.complete).toBe(false)
    expect(hidden!.input!.complete).toBe(false)
    expect(Buffer.from(hidden!.input!.content, 'base64').toString()).toMatch(/^key \[redacted/)
    expect(JSON.stringify([long, hidden])).not.toContain(secret)
  })
})

describe('replayDeadLetters', () => {
  it('tries again what failed, of a class or one, and leaves the others', async () => {
    const deadLetters = createMemoryDeadLetters()
    const source = sourceOf(['a', 'b', 'c'])
    const failing = sinkOf((id) => {
      throw new IngestError(id === 'c' ? 'other' : 'refused', id, 'no.')
    })
    await ingest({ source, sink: failing, deadLetters })
    const sink = sinkOf(() => {})
    const one = await replayDeadLetters({ source, sink, deadLetters, filter: { id: 'test:b' } })
    expect(one).toMatchObject({ found: 1, indexed: 1, exhausted: 0 })
    const { indexed } = await replayDeadLetters({ source, sink, deadLetters, filter: { errorClass: 'refused' } })
    expect(indexed).toBe(1)
    expect(sink.written).toEqual(['b', 'a'])
    expect(lettersOf(deadLetters).map(({ item }) => item.id)).toEqual(['c'])
  })

  it('does not go in circles with poison', async () => {
    const deadLetters = createMemoryDeadLetters()
    const source = sourceOf(['a'])
    let calls = 0
    const sink = sinkOf(() => {
      calls++
      throw new IngestError('refused', 'a', 'no.')
    })
    await ingest({ source, sink, deadLetters })
    const options = { source, sink, deadLetters, maxReplays: 2 }
    expect(await replayDeadLetters(options)).toMatchObject({ found: 1, deadLettered: 1, exhausted: 0 })
    expect(await replayDeadLetters(options)).toMatchObject({ found: 1, deadLettered: 1, exhausted: 0 })
    expect(await replayDeadLetters(options)).toMatchObject({ found: 0, deadLettered: 0, exhausted: 1 })
    expect(calls).toBe(3)
    expect(lettersOf(deadLetters)).toMatchObject([{ replays: 2 }])
    // A run of all tries it too, and does not count it as a replay.
    await ingest({ source, sink, deadLetters })
    expect(lettersOf(deadLetters)).toMatchObject([{ replays: 2 }])
  })

  it('asks the source for the item alone, where it can', async () => {
    const deadLetters = createMemoryDeadLetters()
    const listed = sourceOf(['a', 'b'])
    const refusing = sinkOf(() => {
      throw new IngestError('refused', 'x', 'no.')
    })
    await ingest({ source: listed, sink: refusing, deadLetters })
    const source = sourceOf([], {
      items: () => {
        throw new Error('not asked')
      },
      async item(id) {
        if (id === 'b') return undefined
        return { id, path: id, read: async () => ({ bytes: Buffer.from('now'), mediaType: 'text/plain' }) }
      },
    })
    const sink = sinkOf(() => {})
    expect(await replayDeadLetters({ source, sink, deadLetters })).toMatchObject({ indexed: 1, deleted: 1 })
    expect(lettersOf(deadLetters)).toEqual([])
  })

  it('takes the content from the letter for a source that gives nothing twice', async () => {
    const deadLetters = createMemoryDeadLetters()
    const refusing = sinkOf(() => {
      throw new IngestError('refused', 'x', 'no.')
    })
    const stream = iterableSource([{ id: 'a', content: 'text of a' }], { name: 'test', partial: true })
    await ingest({ source: stream, sink: refusing, deadLetters })
    const texts: string[] = []
    const sink = functionSink(async (_document, chunks) => {
      for await (const { text } of chunks) texts.push(text)
    })
    const drained = iterableSource([], { name: 'test', partial: true })
    expect(await replayDeadLetters({ source: drained, sink, deadLetters })).toMatchObject({ indexed: 1 })
    expect(texts).toEqual(['text of a'])
  })

  it('keeps the letter of an item that the source cannot give at present', async () => {
    const deadLetters = createMemoryDeadLetters()
    const refusing = sinkOf(() => {
      throw new IngestError('refused', 'x', 'no.')
    })
    await ingest({ source: sourceOf(['a']), sink: refusing, deadLetters })
    const source = sourceOf([], { item: async () => Promise.reject(new Error('unreachable')) })
    const report = await replayDeadLetters({ source, sink: sinkOf(() => {}), deadLetters, retry: quick })
    expect(report.problems).toEqual([{ path: 'a', code: 'unreadable', message: 'a: cannot be read: unreachable' }])
    expect(lettersOf(deadLetters)).toMatchObject([{ replays: 1 }])
  })

  it('uses what a run would use', async () => {
    const deadLetters = createMemoryDeadLetters()
    const source = iterableSource([{ id: 'a', content: 'a', mediaType: 'text/csv' }], { name: 'test' })
    const csv: Parser = { ...defaultParsers.at(-1)!, mediaTypes: ['text/csv'] }
    const failing: Parser = {
      ...csv,
      parse() {
        throw new Error('a fault, since mended')
      },
    }
    await ingest({ source, sink: sinkOf(() => {}), deadLetters, parsers: [failing] })
    expect(await replayDeadLetters({ source, sink: sinkOf(() => {}), deadLetters, parsers: [csv] })).toMatchObject({
      indexed: 1,
    })
  })
})
