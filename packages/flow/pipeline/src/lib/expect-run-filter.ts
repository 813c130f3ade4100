import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectObject, expectText } from './expect-option.ts'
import type { RunFilter, RunStatus } from './journal.ts'

const statuses: Readonly<Record<RunStatus, true>> = {
  running: true,
  'rolling-back': true,
  completed: true,
  failed: true,
  aborted: true,
  'rollback-incomplete': true,
}

/**
 * What a caller without types may pass to `list` of a journal: a filter that is not understood would give other runs than were meant.
 *
 * @param more What else a run may be there.
 * @throws {TypeError}
 */
export function expectRunFilter(filter: unknown, more: readonly string[] = []): asserts filter is RunFilter {
  expectObject('list: "filter"', filter, 'an object')
  expectKnownKeys('list: "filter"', filter, ['pipeline', 'status'])
  const { pipeline, status } = filter
  if (pipeline !== undefined) expectText('list: "pipeline"', pipeline)
  const known = [...Object.keys(statuses), ...more]
  if (status === undefined || known.includes(status as string)) return
  throw new TypeError(`list: "status" must be one of ${known.join(', ')}, got ${describeValue(status)}.`)
}
