import { expect, it } from 'vitest'
import { expectRunFilter } from './expect-run-filter.ts'

it.each([
  [null, 'list: "filter" must be an object, got null.'],
  [{ state: 'failed' }, 'list: "filter" has no key "state". Known: pipeline, status.'],
  [{ pipeline: 7 }, 'list: "pipeline" must be a string that is not empty, got a number (7).'],
  [
    { status: 'done' },
    'list: "status" must be one of running, rolling-back, completed, failed, aborted, rollback-incomplete, got a string ("done").',
  ],
])('refuses %j', (filter, message) => {
  expect(() => expectRunFilter(filter)).toThrow(new TypeError(message))
})

it('takes what a journal may be asked for, and what else the caller knows', () => {
  for (const filter of [{}, { status: undefined }, { pipeline: 'p', status: 'rolling-back' }, { status: 'queued' }]) {
    expect(() => expectRunFilter(filter, ['queued'])).not.toThrow()
  }
})
