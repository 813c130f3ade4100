import { definePipeline } from '@empire/pipeline'
import { createManualClock } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createScheduler } from './scheduler.ts'

const report = definePipeline<string>('report').step('write', { run: ({ input }) => input })
const minute = 60_000

function create() {
  const clock = createManualClock()
  const put: unknown[] = []
  const queue = { check: () => {}, put: async (...run: unknown[]) => String(put.push(run)) }
  const client = { applySchedules: async () => {}, deleteSchedule: async () => {} }
  return { clock, put, scheduler: createScheduler(client, queue, clock) }
}

describe('createScheduler', () => {
  it('starts a run whose id is its name and its time, however long ago that was', async () => {
    const { put, scheduler } = create()
    await scheduler.add('nightly', report, { cron: '0 3 * * *', input: (at) => at.toISOString(), priority: 2 })
    expect(await scheduler.fire('nightly', new Date(0), async () => 0)).toBe(true)
    expect(put).toEqual([
      [
        report,
        '1970-01-01T00:00:00.000Z',
        { runId: 'nightly@1970-01-01T00:00:00.000Z', queue: undefined, priority: 2 },
      ],
    ])
  })

  it('waits ten minutes for somebody who knows a schedule, from when it was put and not from its time', async () => {
    const { clock, scheduler } = create()
    const since = clock.now()
    const fire = () => scheduler.fire('nightly', new Date(since - 24 * 60 * minute), async () => since)
    await clock.advance(10 * minute - 1)
    expect(await fire()).toBe(false)
    await clock.advance(1)
    await expect(fire()).rejects.toThrow(
      new Error('No worker knows schedule "nightly". Deploy one that calls schedule(), or call unschedule().'),
    )
  })
})
