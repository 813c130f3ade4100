import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectCount, expectMilliseconds, expectName, expectObject } from './expect-option.ts'

/** How many runs of a queue are at work. */
export interface QueueOptions {
  /** At a time, by all workers together. Default: no limit. */
  readonly concurrency?: number | undefined
  /** At a time, by each worker. Default: 32, or `concurrency` if that is less. */
  readonly workerConcurrency?: number | undefined
  /** So many are begun within so many milliseconds, by all workers together. Default: no limit. */
  readonly rate?: { readonly limit: number; readonly period: number } | undefined
}

/** What runs wait in that name no queue. */
export const defaultQueue = 'default'

/** @throws {TypeError} */
export function checkQueues(where: string, queues: unknown): ReadonlyMap<string, QueueOptions> {
  expectObject(`${where}: "queues"`, queues)
  const checked = new Map<string, QueueOptions>([[defaultQueue, {}]])
  for (const [name, options] of Object.entries(queues)) {
    const queue = `${where}: queue "${name}"`
    expectName(`${where}: the name of a queue`, name)
    if (name.startsWith('_dbos')) throw new TypeError(`${queue}: names that begin with "_dbos" are those of DBOS.`)
    expectObject(queue, options)
    expectKnownKeys(queue, options, ['concurrency', 'workerConcurrency', 'rate'])
    const { concurrency, workerConcurrency, rate } = options as QueueOptions
    if (concurrency !== undefined) expectCount(`${queue}: "concurrency"`, concurrency)
    if (workerConcurrency !== undefined) expectCount(`${queue}: "workerConcurrency"`, workerConcurrency)
    if (concurrency !== undefined && workerConcurrency !== undefined && workerConcurrency > concurrency) {
      throw new TypeError(
        `${queue}: "workerConcurrency" must be at most "concurrency" (${concurrency}), got ${describeValue(workerConcurrency)}.`,
      )
    }
    if (rate !== undefined) {
      expectObject(`${queue}: "rate"`, rate)
      expectKnownKeys(`${queue}: "rate"`, rate, ['limit', 'period'])
      expectCount(`${queue}: "rate.limit"`, rate.limit)
      expectMilliseconds(`${queue}: "rate.period"`, rate.period, 1)
    }
    checked.set(name, options)
  }
  return checked
}
