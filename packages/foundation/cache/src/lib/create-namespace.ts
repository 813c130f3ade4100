import { abortable } from '@empire/clock'
import { describeValue } from '@empire/errors'
import type {
  CacheNamespace,
  GetOrSetOptions,
  InvalidationTarget,
  KeepOptions,
  LoadContext,
  SetOptions,
  WaitingOptions,
} from './cache.ts'
import type { CacheEngine } from './cache-engine.ts'
import { expectKind, expectOptions } from './expect-option.ts'
import type { KeepRequest } from './keep-request.ts'
import { childScope, dependencyLabel, keyLabel, type Label, type Scope, tagLabel, toId } from './label.ts'

/** How values are kept unless their options say otherwise. */
export interface KeepDefaults {
  readonly ttl: number
  readonly retain: number | undefined
  readonly negativeTtl: number | undefined
  readonly jitter: number
}

const waitingOptions = { signal: 'signal' } as const
const setOptions = { ...waitingOptions, ttl: 'duration', retain: 'period', tags: 'texts', dependsOn: 'texts' } as const
const getOrSetOptions = {
  ...setOptions,
  negativeTtl: 'duration',
  staleWhileRevalidate: 'period',
  staleIfError: 'period',
  softTimeout: 'period',
  hardTimeout: 'period',
} as const
const target = { key: 'textOrTexts', tag: 'textOrTexts', dependency: 'textOrTexts' } as const

/** The names of one namespace, translated for the engine. */
export function createNamespace<Value>(
  engine: CacheEngine,
  scope: Scope,
  defaults: KeepDefaults,
): CacheNamespace<Value> {
  function get<Found extends Value>(key: string, options?: WaitingOptions): Promise<Found | undefined> {
    try {
      if (typeof key !== 'string') expectKind('key', 'text', key)
      if (options !== undefined) expectWaiting(options)
      const id = toId(scope, key)
      const found = engine.hit(id) ?? abortable(engine.lookUp(scope, id), options?.signal)
      return found as Promise<Found | undefined>
    } catch (error) {
      return Promise.reject(error)
    }
  }

  function getOrSet<Loaded extends Value | undefined>(
    key: string,
    load: (context: LoadContext) => Loaded | Promise<Loaded>,
    options?: GetOrSetOptions,
  ): Promise<Loaded> {
    try {
      if (typeof key !== 'string') expectKind('key', 'text', key)
      if (typeof load !== 'function') expectKind('load', 'function', load)
      if (options !== undefined) expectReading(options)
      const id = toId(scope, key)
      const found = engine.hit(id) ?? engine.load(toRequest(id, options), load, toPatience(options))
      return found as Promise<Loaded>
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async function set(key: string, value: Value, options: SetOptions = {}): Promise<void> {
    expectKind('key', 'text', key)
    expectOptions(options, setOptions)
    if (value === undefined)
      throw new TypeError('"value" must not be undefined. To remove a value, invalidate its key.')
    if (typeof (value as { then?: unknown } | null)?.then === 'function') {
      throw new TypeError(`"value" must be a value, got ${describeValue(value)}.`)
    }
    options.signal?.throwIfAborted()
    await abortable(engine.set(toRequest(toId(scope, key), options), value), options.signal)
  }

  async function invalidate(names: InvalidationTarget, options: WaitingOptions = {}): Promise<void> {
    expectKind('target', 'object', names)
    expectOptions(names, target)
    expectWaiting(options)
    const labels = toLabels(names)
    if (labels === undefined) throw new TypeError('"target" must name a key, a tag or a dependency, got none of them.')
    if (labels.length > 0) await abortable(engine.end(labels), options.signal)
  }

  async function clear(options: WaitingOptions = {}): Promise<void> {
    expectWaiting(options)
    await abortable(engine.end(scope.labels.slice(-1)), options.signal)
  }

  function namespace<Inner>(name: string): CacheNamespace<Inner> {
    expectKind('name', 'name', name)
    return Object.freeze(createNamespace<Inner>(engine, childScope(scope, name), defaults))
  }

  return { get, getOrSet, set, invalidate, clear, namespace }

  function toRequest(id: string, options: KeepOptions & GetOrSetOptions = {}): KeepRequest {
    const { tags = [], dependsOn = [], staleWhileRevalidate = 0, staleIfError = 0 } = options
    return {
      scope,
      id,
      tags: tags.map((tag) => tagLabel(toId(scope, tag))),
      dependencies: dependsOn.map((key) => toId(scope, key)),
      ttl: options.ttl ?? defaults.ttl,
      retain: options.retain ?? defaults.retain ?? Math.max(staleWhileRevalidate, staleIfError),
      negativeTtl: options.negativeTtl ?? defaults.negativeTtl,
      jitter: defaults.jitter,
    }
  }

  function toLabels({ key, tag, dependency }: InvalidationTarget): Label[] | undefined {
    if (key === undefined && tag === undefined && dependency === undefined) return undefined
    const labels = new Set<Label>()
    for (const name of toArray(key)) labels.add(keyLabel(toId(scope, name))).add(dependencyLabel(toId(scope, name)))
    for (const name of toArray(tag)) labels.add(tagLabel(toId(scope, name)))
    for (const name of toArray(dependency)) labels.add(dependencyLabel(toId(scope, name)))
    return [...labels]
  }
}

/** Without any of these the caller waits as long as it takes, which needs no bookkeeping. */
function toPatience(options: GetOrSetOptions | undefined): GetOrSetOptions | undefined {
  if (options === undefined) return undefined
  const { signal, staleWhileRevalidate, staleIfError, softTimeout, hardTimeout } = options
  return (signal ?? staleWhileRevalidate ?? staleIfError ?? softTimeout ?? hardTimeout) === undefined
    ? undefined
    : options
}

function expectWaiting(options: WaitingOptions): void {
  expectOptions(options, waitingOptions)
  options.signal?.throwIfAborted()
}

function expectReading(options: GetOrSetOptions): void {
  expectOptions(options, getOrSetOptions)
  if (options.softTimeout !== undefined && options.staleIfError === undefined) {
    throw new TypeError('"softTimeout" needs "staleIfError": how old a value may be that is given when it has passed.')
  }
  options.signal?.throwIfAborted()
}

function toArray(names: string | readonly string[] | undefined): readonly string[] {
  if (names === undefined) return []
  return typeof names === 'string' ? [names] : names
}
