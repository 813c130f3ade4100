import { expectKnownKeys } from '@empire/errors'
import type { TemplateEngine, TemplateFunction } from '@empire/template'
import type { TokenCounter } from '@empire/tokens'
import { contextEvents } from './context-events.ts'
import type { CompactionSetting, ContextOptions } from './context-options.ts'
import { createId } from './create-id.ts'
import { isRecord } from './is-record.ts'
import { keyAliases } from './key-aliases.ts'
import { mismatch } from './mismatch.ts'
import type { ModuleRegistry, RegisteredModule } from './module-registry.ts'
import { PersistentMap } from './persistent-map.ts'
import type { EngineMap } from './render-message.ts'
import { TokenTally } from './token-tally.ts'

/** Everything of a context but its messages; shared by those that differ in messages only. */
export interface Settings {
  readonly model: string | undefined
  readonly temperature: number | undefined
  readonly maxTokens: number | undefined
  readonly tokenCounter: TokenCounter | undefined
  readonly compaction: CompactionSetting | undefined
  readonly engines: EngineMap
  readonly modules: ModuleRegistry
  readonly createId: () => string
  readonly onUnknownModel: 'error' | 'estimate'
  /** Of all settings that count alike. There is none without a counter. */
  readonly tally: TokenTally | undefined
}

/** The settings of a context without options. */
export const noSettings: Settings = Object.freeze({
  model: undefined,
  temperature: undefined,
  maxTokens: undefined,
  tokenCounter: undefined,
  compaction: undefined,
  engines: new Map(),
  modules: new PersistentMap<RegisteredModule>(),
  createId,
  onUnknownModel: 'error',
  tally: undefined,
})

const known = Object.keys(noSettings).filter((key) => key !== 'tally')

/** Settings in which the options that are given, be it as `undefined`, replace those of `base`. */
export function changeSettings(base: Settings, options: ContextOptions): Settings {
  if (!isRecord(options)) throw mismatch('options', 'an object', options)
  expectKnownKeys('"options"', options, known, keyAliases)
  // By their names, as the options may be getters: those of another context are.
  const { engines, modules, ...plain }: ContextOptions = pickOptions(options, known)
  checkPlain(plain)
  const settings = {
    ...base,
    ...plain,
    createId: ('createId' in plain ? plain.createId : base.createId) ?? createId,
    onUnknownModel: ('onUnknownModel' in plain ? plain.onUnknownModel : base.onUnknownModel) ?? 'error',
    engines: 'engines' in options ? mapEngines(engines ?? []) : base.engines,
    modules: 'modules' in options ? mapModules(modules ?? {}, base.modules) : base.modules,
  } as Settings
  const countsAlike = (['model', 'tokenCounter', 'engines', 'modules', 'onUnknownModel'] as const).every(
    (key) => settings[key] === base[key],
  )
  return { ...settings, tally: countsAlike ? base.tally : createTally(settings) }
}

/** Those of the options that have one of the names. */
export function pickOptions<Options extends object>(options: Options, names: Iterable<string>): Options {
  const picked = Array.from(names).filter((name) => name in options)
  return Object.fromEntries(picked.map((name) => [name, options[name as keyof Options]])) as Options
}

/**
 * The same settings with a registry that has the functions of the old one, and maybe more. Counts stay what they were, unless
 * one of the functions is what an earlier message `isAwaiting`: other contexts with that message may get another one.
 */
export function withModules(settings: Settings, modules: ModuleRegistry, isAwaiting = false): Settings {
  if (modules === settings.modules) return settings
  return { ...settings, modules, tally: isAwaiting ? createTally(settings) : settings.tally }
}

function createTally({ tokenCounter, model, onUnknownModel }: Settings): TokenTally | undefined {
  return tokenCounter === undefined ? undefined : new TokenTally({ tokenCounter, model, onUnknownModel })
}

function checkPlain(options: Omit<ContextOptions, 'engines' | 'modules'>): void {
  const { model, temperature, maxTokens, tokenCounter, compaction, createId: makeId, onUnknownModel } = options
  if (model !== undefined && (typeof model !== 'string' || model === '')) {
    throw mismatch('model', 'the name of a model', model)
  }
  if (temperature !== undefined && !(Number.isFinite(temperature) && temperature >= 0)) {
    throw mismatch('temperature', 'a finite number from 0 upwards', temperature)
  }
  if (maxTokens !== undefined && !(Number.isSafeInteger(maxTokens) && maxTokens > 0)) {
    throw mismatch('maxTokens', 'a positive integer', maxTokens)
  }
  if (tokenCounter !== undefined && typeof tokenCounter?.count !== 'function') {
    throw mismatch('tokenCounter', 'a TokenCounter, such as createEstimator() makes', tokenCounter)
  }
  if (compaction !== undefined) checkCompaction(compaction)
  if (makeId !== undefined && typeof makeId !== 'function') throw mismatch('createId', 'a function', makeId)
  if (onUnknownModel !== undefined && onUnknownModel !== 'error' && onUnknownModel !== 'estimate') {
    throw mismatch('onUnknownModel', '"error" or "estimate"', onUnknownModel)
  }
}

const compactionKeys = ['strategy', 'options']

function checkCompaction(compaction: CompactionSetting): void {
  if (!isRecord(compaction)) throw mismatch('compaction', '{ strategy, options }', compaction)
  expectKnownKeys('"compaction"', compaction, compactionKeys, keyAliases)
  const { strategy, options }: CompactionSetting = compaction
  if (strategy !== undefined && typeof strategy?.name !== 'string') {
    throw mismatch('compaction.strategy', 'a strategy with a name', strategy)
  }
  if (options !== undefined && !isRecord(options)) throw mismatch('compaction.options', 'an object', options)
}

function mapEngines(engines: readonly TemplateEngine[]): EngineMap {
  if (!Array.isArray(engines)) throw mismatch('engines', 'an array of engines', engines)
  const map = new Map<string, TemplateEngine>()
  for (const [index, engine] of engines.entries()) {
    if (typeof engine?.compile !== 'function' || typeof engine.name !== 'string') {
      throw mismatch(`engines[${index}]`, 'a TemplateEngine, such as createLiquid() makes', engine)
    }
    if (map.has(engine.name)) {
      throw new TypeError(`Expected "engines" to have different names, got "${engine.name}" twice.`)
    }
    map.set(engine.name, engine)
  }
  return map
}

function mapModules(modules: Readonly<Record<string, TemplateFunction>>, before: ModuleRegistry): ModuleRegistry {
  if (!isRecord(modules)) throw mismatch('modules', 'an object of functions by name', modules)
  let registry: ModuleRegistry = new PersistentMap()
  for (const [name, render] of Object.entries(modules)) {
    if (typeof render !== 'function') {
      throw mismatch(`modules[${JSON.stringify(name)}]`, 'a function (assigns) => string', render)
    }
    const old = before.get(name)
    if (old !== undefined && old.render !== render) {
      contextEvents.warning.publish({ reason: 'module_replaced', about: { module: name } })
    }
    registry = registry.set(name, { render, namesakes: 0 })
  }
  return registry
}
