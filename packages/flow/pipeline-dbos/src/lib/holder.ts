import type { Clock } from '@empire/clock'
import type { Database } from './database.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'

/** Somebody who may have runs, and gives signs of life by the clock of the database. */
export interface Holder {
  readonly id: string
  /** Sessions that have ended when the database could not be told: what it has of them is free. */
  readonly lost: Set<string>
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

/** Whether somebody has a run, as SQL. @param lost Which value of the statement is the lost sessions of the holder who asks. */
export function isHeld(schema: string, runs: string, lost: string): string {
  return `(${runs}.session IS NOT NULL AND ${runs}.session <> ALL (${lost}::text[]) AND EXISTS (
    SELECT FROM ${schema}.pipeline_holders h WHERE h.holder = ${runs}.holder AND h.expires > clock_timestamp()
  ))`
}

/** One row per process, so that many runs cost no more signs of life than one. */
export function createHolder(database: Database, { lease, clock }: HolderOptions): Holder {
  const id = crypto.randomUUID()
  const { schema } = database
  const lost = new Set<string>()
  const stopped = new AbortController()
  let starting: Promise<void> | undefined
  let signs: Promise<void> | undefined

  function tellTrouble(error: Error): void {
    pipelineDbosEvents.trouble.publish({ task: 'heartbeat', error: new Error(database.clean(error.message)) })
  }

  async function giveSign(): Promise<void> {
    // One that was taken to have ended, for it was paused, comes back: the runs that were taken from it are not its own any more.
    await database.query(
      `INSERT INTO ${schema}.pipeline_holders VALUES ($1, clock_timestamp() + $2 * interval '1 ms')
       ON CONFLICT (holder) DO UPDATE SET expires = excluded.expires`,
      [id, lease],
    )
  }

  async function giveBackLost(): Promise<void> {
    const sessions = [...lost]
    if (sessions.length === 0) return
    await database.query(
      `UPDATE ${schema}.pipeline_runs SET session = NULL, holder = NULL, attempts = attempts - 1 WHERE holder = $1 AND session = ANY ($2)`,
      [id, sessions],
    )
    for (const session of sessions) lost.delete(session)
  }

  async function giveSigns(): Promise<void> {
    const { signal } = stopped
    for (;;) {
      await clock.sleep(lease / 3, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      if (signal.aborted) return
      await giveSign().then(giveBackLost).catch(tellTrouble)
    }
  }

  return {
    id,
    lost,
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
      // If it cannot be deleted, it expires.
      await database.query(`DELETE FROM ${schema}.pipeline_holders WHERE holder = $1`, [id]).catch(tellTrouble)
    },
  }
}
