import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import type { DeploySettings } from './deploy-options.ts'

/** Runs of a queue that a worker has at a time, so that it does not take all that wait. */
const usualWorkerConcurrency = 32

/** Makes the queues that are missing, and gives those that this process works on their limits. */
export async function registerQueues(
  client: DBOSClient,
  { queues, work, pollInterval }: Pick<DeploySettings, 'queues' | 'work' | 'pollInterval'>,
): Promise<void> {
  for (const [name, { concurrency, workerConcurrency, rate }] of queues) {
    await client.registerQueue(name, {
      workerConcurrency: workerConcurrency ?? Math.min(concurrency ?? Infinity, usualWorkerConcurrency),
      ...(concurrency !== undefined && { globalConcurrency: concurrency }),
      ...(rate !== undefined && { rateLimit: { limitPerPeriod: rate.limit, periodSec: rate.period / 1000 } }),
      minPollingIntervalMs: pollInterval,
      onConflict: work.includes(name) ? 'always_update' : 'never_update',
    })
  }
}
