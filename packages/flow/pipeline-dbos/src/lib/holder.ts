import type { Clock } from '@empire/clock'
import type { Database } from './database.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'

/** Somebody who may have runs, and gives signs of life by the clock of the database. */
export interface Holder {
  readonly id: string
  /** Writes the first sign of life. */
  start(): Promise<void>
  /** Ends the signs, and with them the hold on all runs. */
  stop(): Promise<void>
}

interface HolderOptions {
  /** Milliseconds after the last sign, after which it is taken to have ended. */
  readonly lease: number
  readonly clock: Clock
}

/** One row per process, so that many runs cost no more signs of life than one. */
export function createHolder(database: Database, { lease, clock }: HolderOptions): Holder {
  const id = crypto.randomUUID()
  const { schema } = database
  const stopped = new AbortController()
  let starting: Promise<void> | undefined
  let signs: Promise<void> | undefined

  async function giveSign(): Promise<void> {
    // One that was taken to have ended, for it was paused, comes back: the runs that were taken from it are not its own any more.
    await database.query(
      `INSERT INTO ${schema}.pipeline_holders VALUES ($1, clock_timestamp() + $2 * interval '1 ms')
       ON CONFLICT (holder) DO UPDATE SET expires = excluded.expires`,
      [id, lease],
    )
  }

  async function giveSigns(): Promise<void> {
    const { signal } = stopped
    for (;;) {
      await clock.sleep(lease / 3, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      if (signal.aborted) return
      await giveSign().catch((error: Error) =>
        pipelineDbosEvents.trouble.publish({ task: 'heartbeat', error: new Error(database.clean(error.message)) }),
      )
    }
  }

  return {
    id,
    start() {
      return (starting ??= giveSign().then(
        () => void (signs = giveSigns()),
        (error: unknown) => {
          starting = undefined
          throw error
        },
      ))
    },
    async stop() {
      stopped.abort()
      if (starting === undefined) return
      await signs
      await database.query(`DELETE FROM ${schema}.pipeline_holders WHERE holder = $1`, [id])
    },
  }
}
