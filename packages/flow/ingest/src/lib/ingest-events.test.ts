import { createAggregator } from '@empire/telemetry'
import { describe, expect, it } from 'vitest'
import { functionSink } from './function-sink.ts'
import { ingestEvents } from './ingest-events.ts'
import { ingest } from './ingest.ts'
import { iterableSource } from './iterable-source.ts'

describe('ingestEvents', () => {
  it('tell of each item, retry and run', async () => {
    const aggregator = createAggregator()
    const retries: unknown[] = []
    const leave = ingestEvents.retry.subscribe(({ at: _at, ...event }) => retries.push(event))
    const items = [
      { id: 'a', content: 'text' },
      { id: 'b', content: '' },
      { id: 'c', content: 'refused' },
    ]
    const sink = functionSink(async ({ itemId }, chunks) => {
      for await (const { text } of chunks) if (itemId === 'c') throw new Error(text)
    })
    const options = { sink, random: () => 0, retry: { attempts: 2, baseDelay: 0 } }
    await ingest({ ...options, source: iterableSource(items, { name: 'notes' }) })
    const broken = iterableSource(() => raise(), { name: 'broken' })
    await expect(ingest({ ...options, source: broken })).rejects.toThrow('broken')
    leave()
    aggregator.close()
    expect(retries).toEqual([{ source: 'notes', step: 'write', delay: 0, error: 'refused' }])
    const { events } = aggregator.snapshot()
    const seriesOf = (event: string) =>
      events
        .find(({ name }) => name === `empire:ingest:${event}`)!
        .series.map(({ labels, count, sums }) => ({ ...labels, count, ...sums }))
    expect(seriesOf('item')).toEqual([
      { source: 'notes', outcome: 'indexed', reason: '', count: 1, chunks: 1, bytes: 4 },
      { source: 'notes', outcome: 'skipped', reason: 'empty', count: 1, chunks: 0, bytes: 0 },
      { source: 'notes', outcome: 'dead-lettered', reason: 'sink_failed', count: 1, chunks: 0, bytes: 0 },
    ])
    expect(seriesOf('run')).toEqual([
      { source: 'notes', outcome: 'complete', count: 1, found: 3, chunks: 1, bytes: 4 },
      { source: 'broken', outcome: 'failed', count: 1, found: 0, chunks: 0, bytes: 0 },
    ])
  })
})

function raise(): never {
  throw new Error('broken')
}
