import type { TopicBus } from '@empire/bus'
import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ConfigSource } from './config-source.ts'
import type { Section } from './section.ts'
import { expectKind, expectSignal } from './expect-kind.ts'
import { expectSchema } from './section.ts'
import { joinSections, type SettingsSchema, wholeSchema } from './settings-schema.ts'

/** What a config tells the other processes on a bus. It holds no settings: each process loads its own. */
export interface ConfigEvents {
  /** A process has loaded settings that differ from those before. `origin` is different for each config. */
  'empire:config:changed': { readonly origin: string }
}

/** What all configs have, whether their schema is one or joined from sections. */
export interface ConfigOptions {
  /** Where settings come from. Later ones win over earlier ones, member by member; an array is replaced as a whole. */
  sources: readonly ConfigSource[]
  /** Whether to reload when a source says that it may have changed. Default: `false`. */
  watch?: boolean | undefined
  /**
   * Tells other processes of changes, and reloads when one of them tells. The start fails when it cannot be listened to.
   * It is not closed with the config.
   */
  bus?: TopicBus<'empire:config:changed', ConfigEvents['empire:config:changed']> | undefined
  /**
   * Hears what goes wrong where nobody waits: an invalid reload by a watcher or the bus (`InvalidConfigError`), what
   * a listener throws, a watch or a bus that fails. What it throws itself is a warning. Default: `process.emitWarning`.
   */
  onError?: ((error: unknown) => void) | undefined
  /** Gives up loading for the first time. */
  signal?: AbortSignal | undefined
}

/** Settings of one schema. */
export interface SchemaConfigOptions<Schema extends StandardSchemaV1> extends ConfigOptions {
  /** Any Standard Schema of an object. */
  schema: Schema
  /** Paths of secrets that `schema` does not mark, where `*` stands for any key: `providers.*.key`. */
  secrets?: readonly string[] | undefined
  /** Not beside a schema. */
  sections?: undefined
}

/** Settings joined from the sections of several packages. */
export interface SectionsConfigOptions<Sections extends readonly Section[]> extends ConfigOptions {
  /** Each under its name; a key at the root that is no section is an error. */
  sections: Sections
  /** Not beside sections. */
  schema?: undefined
  /** Not beside sections: each declares its own. */
  secrets?: undefined
}

/** Either form, as it may come from a program without types. */
export type AnyConfigOptions = SchemaConfigOptions<StandardSchemaV1> | SectionsConfigOptions<readonly Section[]>

export function readSchema({ schema, secrets, sections }: AnyConfigOptions): SettingsSchema {
  if (sections === undefined) {
    expectSchema(schema)
    return wholeSchema(schema, secrets)
  }
  if (schema !== undefined || secrets !== undefined) {
    throw new TypeError('options must have either a schema or sections; secrets of a section are declared with it.')
  }
  if (!Array.isArray(sections)) throw new TypeError(`sections must be an array, got ${describeValue(sections)}.`)
  const names = new Set<string>()
  for (const section of sections as readonly Partial<Section>[]) {
    if (typeof section?.name !== 'string' || section.schema === undefined) {
      throw new TypeError(`sections must be made by defineSection, got ${describeValue(section)}.`)
    }
    if (names.has(section.name))
      throw new TypeError(`sections must have different names, got two of "${section.name}".`)
    names.add(section.name)
  }
  return joinSections(sections)
}

export function expectOptions(options: AnyConfigOptions): void {
  expectKind('options', options, 'object')
  const { bus, onError, signal, sources, watch } = options
  if (!Array.isArray(sources)) throw new TypeError(`sources must be an array, got ${describeValue(sources)}.`)
  for (const source of sources as readonly Partial<ConfigSource>[]) {
    if (typeof source?.name !== 'string' || typeof source.load !== 'function') {
      throw new TypeError(`sources must have a name and a function load, got ${describeValue(source)}.`)
    }
  }
  if (watch !== undefined) expectKind('watch', watch, 'boolean')
  if (onError !== undefined) expectKind('onError', onError, 'function')
  expectSignal(signal)
  if (bus === undefined) return
  expectKind('bus.publish', bus?.publish, 'function')
  expectKind('bus.subscribe', bus?.subscribe, 'function')
}
