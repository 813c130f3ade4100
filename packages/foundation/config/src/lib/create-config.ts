import { randomUUID } from 'node:crypto'
import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Config, ReloadOptions } from './config.ts'
import { ConfigClosedError } from './config-closed-error.ts'
import {
  type AnyConfigOptions,
  expectOptions,
  readSchema,
  type SchemaConfigOptions,
  type SectionsConfigOptions,
} from './config-options.ts'
import { configEvents } from './config-events.ts'
import type { ConfigSource } from './config-source.ts'
import { createReloadQueue, type ReloadCause } from './create-reload-queue.ts'
import { createReporter } from './create-reporter.ts'
import { createSubscribers } from './create-subscribers.ts'
import { expectKind, expectSignal } from './expect-kind.ts'
import { freezeSettings } from './freeze-settings.ts'
import { InvalidConfigError } from './invalid-config-error.ts'
import type { Frozen } from './path-types.ts'
import { isSame } from './is-same.ts'
import { raceAbort } from './race-abort.ts'
import { readSettings } from './read-settings.ts'
import type { Section } from './section.ts'
import { compareSnapshots, type ConfigChange, type Snapshot } from './config-change.ts'

/** The settings that sections give together, each under its name. */
export type SectionValues<Sections extends readonly Section[]> = {
  readonly [Each in Sections[number] as Each['name']]: Frozen<StandardSchemaV1.InferOutput<Each['schema']>>
}

/**
 * Loads settings from their sources, merges and validates them, and keeps them up to date.
 *
 * A key that the schema has no place for is an error. Schemas that cannot be written as JSON Schema (the Standard JSON
 * Schema interface) have to refuse such keys themselves.
 *
 * @throws {InvalidConfigError} with every problem, when the settings cannot be used.
 * @throws {TypeError} for options of a wrong type.
 */
export function createConfig<Schema extends StandardSchemaV1>(
  options: SchemaConfigOptions<Schema>,
): Promise<Config<Frozen<StandardSchemaV1.InferOutput<Schema>>>>
export function createConfig<const Sections extends readonly Section[]>(
  options: SectionsConfigOptions<Sections>,
): Promise<Config<SectionValues<Sections>>>
export async function createConfig(options: AnyConfigOptions): Promise<Config<unknown>> {
  expectOptions(options)
  const { bus, signal, watch = false } = options
  const schema = readSchema(options)
  const sources = [...options.sources]
  signal?.throwIfAborted()

  const origin = randomUUID()
  const closing = new AbortController()
  const releases: (() => void | Promise<void>)[] = []
  const report = createReporter(options.onError)
  const subscribers = createSubscribers(schema.outline, report)
  const queue = createReloadQueue(load)
  let current: Snapshot | undefined
  let isUnannounced = false

  async function load(cause: ReloadCause): Promise<ConfigChange | undefined> {
    const begun = performance.now()
    const measured = (): LoadOutcome => ({ cause, changes: 0, problems: 0, duration: performance.now() - begun })
    try {
      const change = await swap()
      configEvents.load.publish({ ...measured(), ...outcomeOf(change, cause) })
      // Not awaited: a bus without a connection holds up no reload.
      if (change !== undefined && cause !== 'bus') void announce()
      return change
    } catch (error) {
      if (!closing.signal.aborted) configEvents.load.publish({ ...measured(), ...failureOf(error) })
      throw error
    }
  }

  async function swap(): Promise<ConfigChange | undefined> {
    closing.signal.throwIfAborted()
    const before = current
    const { values, settings, secrets } = await readSettings(sources, schema, closing.signal, before)
    const frozen = freezeSettings(settings, before?.settings, {
      outline: schema.outline,
      secrets,
      isOfSameValues: before !== undefined && isSame(values, before.values),
    })
    closing.signal.throwIfAborted()
    if (before !== undefined && Object.is(frozen, before.settings)) return undefined
    const after: Snapshot = { version: (before?.version ?? 0) + 1, values, settings: frozen, secrets }
    current = after
    if (before === undefined) return undefined
    subscribers.tell(before, after)
    return compareSnapshots(before, after, [], schema.outline)
  }

  async function announce(): Promise<void> {
    try {
      await bus?.publish('empire:config:changed', { origin }, { signal: closing.signal })
      isUnannounced = false
    } catch (error) {
      if (closing.signal.aborted) return
      isUnannounced = true
      report('bus', error)
    }
  }

  function reloadUnasked(cause: ReloadCause): void {
    queue.request(cause).catch((error: unknown) => {
      if (!closing.signal.aborted) report('reload', error)
    })
  }

  function onGap(): void {
    // The connection is back, over which a change could not be told.
    if (isUnannounced) void announce()
    reloadUnasked('bus')
  }

  async function start(): Promise<void> {
    // Before the first load, so that no change after it is missed.
    const subscription = await bus?.subscribe(
      'empire:config:changed',
      (change) => {
        if ((change as { origin?: unknown } | null)?.origin !== origin) reloadUnasked('bus')
      },
      { onGap, signal },
    )
    if (subscription !== undefined) releases.push(subscription.unsubscribe)
    if (watch) for (const source of sources) releases.push(watchSource(source))
    await raceAbort(queue.request('start'), signal)
  }

  function watchSource(source: ConfigSource): () => void {
    const release = source.watch?.(
      () => reloadUnasked('watch'),
      (error) => report('watch', error),
    )
    if (release === undefined || typeof release === 'function') return release ?? (() => {})
    throw new TypeError(`watch of ${source.name} must give a function that ends it, got ${describeValue(release)}.`)
  }

  async function close(): Promise<void> {
    closing.abort(new ConfigClosedError())
    subscribers.clear()
    await Promise.all(releases.splice(0).map(async (release) => await release()))
  }

  try {
    await start()
  } catch (error) {
    await close()
    throw error
  }
  return Object.freeze({
    get: () => current?.settings,
    get version() {
      return current?.version ?? 0
    },
    async reload(reloadOptions: ReloadOptions = {}) {
      expectKind('options', reloadOptions, 'object')
      const { signal: waiting } = reloadOptions
      expectSignal(waiting)
      waiting?.throwIfAborted()
      closing.signal.throwIfAborted()
      // A source may not heed its signal; nobody waits for it after the end.
      return await raceAbort(raceAbort(queue.request('call'), closing.signal), waiting)
    },
    subscribe(path: string, listener: (change: ConfigChange<never>) => void | Promise<void>) {
      closing.signal.throwIfAborted()
      return subscribers.add(path, listener)
    },
    close,
    [Symbol.asyncDispose]: close,
  })
}

type LoadOutcome = Pick<Parameters<typeof configEvents.load.publish>[0], 'cause' | 'changes' | 'problems' | 'duration'>

function outcomeOf(change: ConfigChange | undefined, cause: ReloadCause) {
  if (change !== undefined) return { outcome: 'changed', changes: change.changes.length } as const
  return { outcome: cause === 'start' ? 'changed' : 'unchanged' } as const
}

function failureOf(error: unknown) {
  if (!(error instanceof InvalidConfigError)) return { outcome: 'failed', error } as const
  return { outcome: 'invalid', problems: error.problems.length, error } as const
}
