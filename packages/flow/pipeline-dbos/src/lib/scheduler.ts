import type { DBOSClient } from '@dbos-inc/dbos-sdk'
import type { Clock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { AnyPipeline } from './any-pipeline.ts'
import { names } from './dbos-runtime.ts'
import type { ScheduleOptions } from './deployment.ts'
import { expectName, expectObject } from './expect-option.ts'
import type { RunQueue } from './run-queue.ts'

/** The schedules that this process knows. */
export interface Scheduler {
  add(name: string, pipeline: AnyPipeline, options: ScheduleOptions<unknown>): Promise<void>
  remove(name: string): Promise<void>
  /**
   * @param since When it was put where workers find it, in milliseconds since the epoch.
   * @returns Whether this process knows the schedule, and has started its run.
   */
  fire(name: string, at: Date, since: () => Promise<number>): Promise<boolean>
}

interface Known {
  readonly pipeline: AnyPipeline
  readonly options: ScheduleOptions<unknown>
}

/** Milliseconds after which nobody is expected any more who knows the schedule. */
const patience = 600_000

/** Keeps schedules in DBOS, which tells one worker when one is due. */
export function createScheduler(
  client: Pick<DBOSClient, 'applySchedules' | 'deleteSchedule'>,
  queue: Pick<RunQueue, 'check' | 'put'>,
  clock: Clock,
): Scheduler {
  const schedules = new Map<string, Known>()

  return {
    async add(name, pipeline, options) {
      checkSchedule(name, options)
      queue.check(`schedule "${name}"`, pipeline, { queue: options.queue, priority: options.priority })
      schedules.set(name, { pipeline, options })
      const { cron, timeZone, catchUp = false } = options
      try {
        await client.applySchedules([
          {
            scheduleName: name,
            workflowName: names.schedule,
            schedule: cron,
            context: name,
            automaticBackfill: catchUp,
            ...(timeZone !== undefined && { cronTimezone: timeZone }),
          },
        ])
      } catch (error) {
        schedules.delete(name)
        // What the database says has a code; what is left is about the fields or the time zone.
        if (!(error instanceof Error) || 'code' in error) throw error
        throw new TypeError(`schedule "${name}": ${error.message}`, { cause: error })
      }
    },
    async remove(name) {
      schedules.delete(name)
      await client.deleteSchedule(name)
    },
    async fire(name, at, since) {
      const schedule = schedules.get(name)
      if (schedule === undefined) {
        // Not since its time: what is made up for may be due long before anybody is there.
        if (clock.now() - (await since()) < patience) return false
        throw new Error(`No worker knows schedule "${name}". Deploy one that calls schedule(), or call unschedule().`)
      }
      const { pipeline, options } = schedule
      const { queue: queueName, priority } = options
      await queue.put(pipeline, options.input(at), { runId: `${name}@${at.toISOString()}`, queue: queueName, priority })
      return true
    },
  }
}

function checkSchedule(name: string, options: ScheduleOptions<unknown>): void {
  const where = `schedule "${name}"`
  // With the time it is the id of a run.
  expectName('schedule: "name"', name, 400)
  expectObject(`${where}: "options"`, options)
  expectKnownKeys(where, options, ['cron', 'input', 'timeZone', 'catchUp', 'queue', 'priority'])
  const { cron, input, timeZone, catchUp } = options
  if (typeof cron !== 'string' || ![5, 6].includes(cron.trim().split(/\s+/).length)) {
    throw new TypeError(`${where}: "cron" must have five fields, or six with seconds, got ${describeValue(cron)}.`)
  }
  if (typeof input !== 'function') {
    throw new TypeError(`${where}: "input" must be a function of the time, got ${describeValue(input)}.`)
  }
  if (timeZone !== undefined && typeof timeZone !== 'string') {
    throw new TypeError(`${where}: "timeZone" must be a name such as Europe/Vienna, got ${describeValue(timeZone)}.`)
  }
  if (catchUp !== undefined && typeof catchUp !== 'boolean') {
    throw new TypeError(`${where}: "catchUp" must be true or false, got ${describeValue(catchUp)}.`)
  }
}
