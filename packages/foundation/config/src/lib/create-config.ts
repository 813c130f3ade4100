import { randomUUID } from 'node:crypto'
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
import { createReloadQueue } from './create-reload-queue.ts'
import { createSubscribers } from './create-subscribers.ts'
import { freezeSettings } from './freeze-settings.ts'
import type { Frozen } from './path-types.ts'
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
  const { bus, onError = warn, signal, watch = false } = options
  const schema = readSchema(options)
  const sources = [...options.sources]
  signal?.throwIfAborted()

  const origin = randomUUID()
  const closing = new AbortController()
  const releases: (() => void | Promise<void>)[] = []
  const subscribers = createSubscribers(schema.outline, onError)
  const queue = createReloadQueue(load)
  let current: Snapshot | undefined

  async function load({ announce }: { announce: boolean }): Promise<ConfigChange | undefined> {
    closing.signal.throwIfAborted()
    const before = current
    const { settings, secrets } = await readSettings(sources, schema, closing.signal, before?.version)
    const frozen = freezeSettings(settings, before?.settings, schema.outline, secrets)
    closing.signal.throwIfAborted()
    if (before !== undefined && Object.is(frozen, before.settings)) return undefined
    const after: Snapshot = { version: (before?.version ?? 0) + 1, settings: frozen, secrets }
    current = after
    if (before === undefined) return undefined
    subscribers.tell(before, after)
    // Not awaited: a bus without a connection holds up no reload.
    if (announce) void tellOthers()
    return compareSnapshots(before, after, [], schema.outline)
  }

  async function tellOthers(): Promise<void> {
    try {
      await bus?.publish('config:changed', { origin }, { signal: closing.signal })
    } catch (error) {
      if (!closing.signal.aborted) onError(error)
    }
  }

  function reloadUnasked(announce: boolean): void {
    queue.request({ announce }).catch((error: unknown) => {
      if (!closing.signal.aborted) onError(error)
    })
  }

  async function start(): Promise<void> {
    // Before the first load, so that no change after it is missed.
    const subscription = await bus?.subscribe(
      'config:changed',
      (change) => {
        if (change?.origin !== origin) reloadUnasked(false)
      },
      { onGap: () => reloadUnasked(false), signal },
    )
    if (subscription !== undefined) releases.push(subscription.unsubscribe)
    if (watch) {
      for (const source of sources) {
        const release = source.watch?.(() => reloadUnasked(true), onError)
        if (release !== undefined) releases.push(release)
      }
    }
    await raceAbort(queue.request({ announce: false }), signal)
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
    async reload({ signal: waiting }: ReloadOptions = {}) {
      waiting?.throwIfAborted()
      closing.signal.throwIfAborted()
      return await raceAbort(queue.request({ announce: true }), waiting)
    },
    subscribe(path: string, listener: (change: ConfigChange<never>) => void | Promise<void>) {
      closing.signal.throwIfAborted()
      return subscribers.add(path, listener)
    },
    close,
  })
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
