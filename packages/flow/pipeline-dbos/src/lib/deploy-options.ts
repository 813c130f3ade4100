import { type Clock, systemClock } from '@empire/clock'
import { closestName, describeValue, expectKnownKeys } from '@empire/errors'
import type { Migrate, RunObserver } from '@empire/pipeline'
import type { AnyPipeline } from './any-pipeline.ts'
import { expectCount, expectLease, expectMilliseconds, expectObject } from './expect-option.ts'
import { checkQueues, type QueueOptions } from './queue-options.ts'

/** Where pipelines are deployed, and what this process does for them. */
export interface DeployOptions {
  /** `postgres://user:password@host:5432/database`. It is never shown. */
  readonly databaseUrl: string
  /**
   * The schema of all tables, those of DBOS among them; they are made when they are missing. Deployments of one schema share queues
   * and runs. Default: `pipelines`.
   */
  readonly schema?: string | undefined
  /** By name; there is also one named `default`. The limits are those of the latest deployment that works on the queue. */
  readonly queues?: Readonly<Record<string, QueueOptions>> | undefined
  /** Whether this process works on runs, or on those of which queues. Default: `true`, on all that it names. */
  readonly work?: boolean | readonly string[] | undefined
  /** Makes runs of another definition into runs of this one, by the name of the pipeline. Default: those are refused. */
  readonly migrate?: Readonly<Record<string, Migrate>> | undefined
  /** Hear the events of the runs that this process works on, with their values: for audits. Default: none. */
  readonly observers?: readonly RunObserver[] | undefined
  /**
   * How often a run is taken up before it is given up with `run_abandoned`, in case that it ends its workers. Those that are closed do
   * not count. Default: 100.
   */
  readonly maxAttempts?: number | undefined
  /** Milliseconds without a sign of life after which the runs of a worker are given to others. Default: 15,000. */
  readonly lease?: number | undefined
  /** Milliseconds between looks for runs to begin, for results and for cancellations. Default: 500. */
  readonly pollInterval?: number | undefined
  /** How many connections to the database this process has at most; at least 4. Default: 10. */
  readonly connections?: number | undefined
  /** Ends the waiting for the database. Once there is a deployment, close that. */
  readonly signal?: AbortSignal | undefined
  /** Measures the waits of this package; those of DBOS and of the database have their own. Default: the platform's. */
  readonly clock?: Clock | undefined
}

/** Options with their defaults. */
export interface DeploySettings {
  readonly pipelines: ReadonlyMap<string, AnyPipeline>
  readonly databaseUrl: string
  readonly schema: string
  readonly queues: ReadonlyMap<string, QueueOptions>
  /** Names of queues; empty: this process does not work on runs. */
  readonly work: readonly string[]
  readonly migrate: Readonly<Record<string, Migrate>>
  readonly observers: readonly RunObserver[]
  readonly maxAttempts: number
  readonly lease: number
  readonly pollInterval: number
  readonly connections: number
  readonly signal: AbortSignal | undefined
  readonly clock: Clock
}

const known = [
  'databaseUrl',
  'schema',
  'queues',
  'work',
  'migrate',
  'observers',
  'maxAttempts',
  'lease',
  'pollInterval',
  'connections',
  'signal',
  'clock',
]

/** One to look for runs, one to recover them, one to start them, and one to write. */
const fewestConnections = 4

/** @throws {TypeError} When an option is not what it has to be. */
export function checkDeployOptions(pipelines: readonly AnyPipeline[], options: DeployOptions): DeploySettings {
  expectObject('deploy: "options"', options)
  expectKnownKeys('deploy: "options"', options, known)
  const { databaseUrl, schema = 'pipelines', work = true, migrate = {}, observers = [], maxAttempts = 100 } = options
  const { lease = 15_000, pollInterval = 500, connections = 10, clock = systemClock, signal } = options
  const queues = checkQueues('deploy', options.queues ?? {})
  const byName = checkPipelines(pipelines)
  expectObject('deploy: "migrate"', migrate)
  for (const name of Object.keys(migrate)) {
    if (!byName.has(name))
      throw new TypeError(`deploy: "migrate" names no pipeline of this deployment: "${name}".${hint(name, byName)}`)
  }
  if (!Array.isArray(observers)) {
    throw new TypeError(`deploy: "observers" must be an array, got ${describeValue(observers)}.`)
  }
  expectCount('deploy: "maxAttempts"', maxAttempts)
  expectLease('deploy: "lease"', lease)
  expectMilliseconds('deploy: "pollInterval"', pollInterval, 1)
  expectCount('deploy: "connections"', connections)
  if (connections < fewestConnections) {
    throw new TypeError(
      `deploy: "connections" must be at least ${fewestConnections}, got ${describeValue(connections)}.`,
    )
  }
  return {
    pipelines: byName,
    databaseUrl,
    schema,
    queues,
    work: checkWork(work, queues),
    migrate,
    observers,
    maxAttempts,
    lease,
    pollInterval,
    connections,
    signal,
    clock,
  }
}

/** ` Did you mean "that"?`, if there is one like it. */
export function hint(name: string, named: ReadonlyMap<string, unknown>): string {
  const closest = closestName(name, [...named.keys()])
  return closest === undefined ? '' : ` Did you mean "${closest}"?`
}

function checkPipelines(pipelines: readonly AnyPipeline[]): ReadonlyMap<string, AnyPipeline> {
  if (!Array.isArray(pipelines)) {
    throw new TypeError(`deploy: "pipelines" must be an array of pipelines, got ${describeValue(pipelines)}.`)
  }
  const byName = new Map<string, AnyPipeline>()
  for (const pipeline of pipelines as readonly AnyPipeline[]) {
    if (typeof pipeline?.run !== 'function' || typeof pipeline.name !== 'string') {
      throw new TypeError(`deploy: "pipelines" must be an array of pipelines, got ${describeValue(pipeline)} in it.`)
    }
    if (byName.has(pipeline.name)) {
      throw new TypeError(
        `deploy: there are two pipelines named "${pipeline.name}", and a run knows its pipeline by name.`,
      )
    }
    byName.set(pipeline.name, pipeline)
  }
  return byName
}

function checkWork(work: boolean | readonly string[], queues: ReadonlyMap<string, QueueOptions>): readonly string[] {
  if (typeof work === 'boolean') return work ? [...queues.keys()] : []
  if (!Array.isArray(work)) {
    throw new TypeError(`deploy: "work" must be true, false or an array of queues, got ${describeValue(work)}.`)
  }
  for (const name of work as readonly string[]) {
    if (!queues.has(name))
      throw new TypeError(`deploy: "work" names no queue of this deployment: "${name}".${hint(name, queues)}`)
  }
  return work as readonly string[]
}
