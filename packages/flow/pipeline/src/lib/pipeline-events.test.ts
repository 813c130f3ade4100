import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { sleep } from '@empire/clock'
import { createAggregator } from '@empire/telemetry'
import { afterEach, describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import type { PipelineEvent } from './pipeline-event.ts'

const heard: unknown[] = []
const hear = (message: unknown): unknown => heard.push(message)
const channels = ['run-start', 'step-start', 'step-end', 'step-failed', 'step-aborted', 'run-end'].map(
  (event) => `empire:pipeline:${event}`,
)

afterEach(() => {
  for (const channel of channels) unsubscribe(channel, hear)
  heard.length = 0
})

const failing = definePipeline('rag')
  .step('waits', {
    run: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  })
  .step('fails', { run: () => Promise.reject(new RangeError('too long')) })

describe('the diagnostics channels', () => {
  it('carry what the listener of a run hears, in the same order and with the same times', async () => {
    for (const channel of channels) subscribe(channel, hear)
    const events: PipelineEvent[] = []
    let time = 0
    await definePipeline('rag')
      .step('ingest', { run: () => 1 })
      .run(undefined, { clock: { now: () => ++time, sleep }, onEvent: (event) => events.push(event) })
    expect(heard).toEqual(events)
    expect(events).toHaveLength(4)
  })

  it('tell failed from aborted', async () => {
    for (const channel of channels) subscribe(channel, hear)
    await expect(failing.run()).rejects.toThrow('too long')
    expect(heard.slice(-3)).toMatchObject([
      { type: 'step-failed', step: 'fails', error: { message: 'too long' } },
      { type: 'step-aborted', step: 'waits' },
      { type: 'run-end', status: 'failed' },
    ])
  })

  it('are counted by an aggregator, with their durations', async () => {
    const aggregator = createAggregator()
    const pipeline = definePipeline('rag').step('ingest', { run: () => 1 })
    await pipeline.run()
    await pipeline.run()
    aggregator.close()
    expect(aggregator.snapshot().events.find(({ name }) => name === 'empire:pipeline:step-end')).toMatchObject({
      count: 2,
      dropped: { labels: 0, values: 0 },
      series: [{ labels: { pipeline: 'rag', step: 'ingest' }, count: 2, durations: { duration: { count: 2 } } }],
    })
  })
})
