import { describeValue, expectKnownKeys } from '@empire/errors'
import type { CachedTokenCounter, CountCacheOptions, CountingOptions, PreloadOptions } from './cached-token-counter.ts'
import { checkCounter, checkCountOptions, checkText } from './check-arguments.ts'
import type { CountCache, SyncCountCache } from './count-cache.ts'
import { countKey, readEntry, writeEntry } from './count-entry.ts'
import { capabilities } from './capabilities.ts'
import { preloadCounts } from './preload-counts.ts'
import type { TokenCounter } from './token-counter.ts'
import { tokenEvents } from './token-events.ts'

/** Beside counting with `@empire/tokens-gpt`, a look-up in memory pays from about 1,000 on, one in a Redis nearby from about 10,000. */
const usualMinLength = 4096

/**
 * A counter that keeps its counts in `cache`, by the name of the counter and a hash of the text, so that processes that
 * use one cache count a long text once among them.
 *
 * With a cache that answers at once it is a `TokenCounter` like any other.
 */
export function withCountCache(
  counter: TokenCounter,
  cache: SyncCountCache,
  options?: CountCacheOptions,
): CachedTokenCounter<number>
export function withCountCache(
  counter: TokenCounter,
  cache: CountCache,
  options?: CountCacheOptions,
): CachedTokenCounter
export function withCountCache(
  counter: TokenCounter,
  cache: CountCache,
  options: CountCacheOptions = {},
): CachedTokenCounter {
  checkCounter(counter)
  checkCache(cache)
  expectKnownKeys('"options"', options, ['minLength'])
  const { minLength = usualMinLength } = options
  if (typeof minLength !== 'number' || !(minLength >= 0)) {
    throw new TypeError(`Expected "minLength" to be a number from 0 upwards, got ${describeValue(minLength)}.`)
  }

  function count(text: string, countOptions: CountingOptions = {}): number | Promise<number> {
    checkText(text)
    checkCountOptions(countOptions, ['model', 'limit', 'signal'])
    const { model, limit = Infinity, signal } = countOptions
    signal?.throwIfAborted()
    // A hash sees U+FFFD in place of half a pair: two texts would share a key.
    if (text.length < minLength || limit !== Infinity || !text.isWellFormed()) {
      return counter.count(text, { model, limit })
    }
    const name = nameOf(counter, model)
    const key = countKey(name, text)
    const countText = (): number => counter.count(text, { model })
    const found = attempt(name, 'get', () => cache.get(key, { signal }))
    if (isPromise(found)) return countLater(name, key, found, countText, signal)
    const known = readFound(name, key, found)
    if (known !== undefined) return known
    const tokens = countText()
    const kept = attempt(name, 'set', () => cache.set(key, writeEntry(key, tokens), { signal }))
    if (isPromise(kept)) kept.then(undefined, (error: unknown) => report(name, 'set', error))
    return tokens
  }

  async function countLater(
    name: string,
    key: string,
    found: PromiseLike<unknown>,
    countText: () => number,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const known = readFound(name, key, await attemptLater(name, 'get', () => found, signal))
    if (known !== undefined) return known
    const tokens = countText()
    await attemptLater(name, 'set', () => cache.set(key, writeEntry(key, tokens), { signal }), signal)
    return tokens
  }

  return Object.freeze({
    ...capabilities(counter),
    count,
    preload: (texts: Iterable<string>, preloadOptions: PreloadOptions = {}) =>
      preloadCounts(counter, count, texts, preloadOptions),
  })
}

/** Under what name the counts for a model are shared. */
function nameOf(counter: TokenCounter, model: string | undefined): string {
  if (model === undefined) return counter.name
  return counter.nameFor?.(model) ?? `${counter.name}:${model}`
}

function readFound(name: string, key: string, found: unknown): number | undefined {
  const tokens = readEntry(key, found)
  if (tokens === undefined && found !== undefined && found !== null) report(name, 'entry')
  return tokens
}

function attempt(name: string, of: 'get' | 'set', task: () => unknown): unknown {
  try {
    return task()
  } catch (error) {
    report(name, of, error)
    return undefined
  }
}

async function attemptLater(
  name: string,
  of: 'get' | 'set',
  task: () => unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  try {
    return await task()
  } catch (error) {
    signal?.throwIfAborted()
    report(name, of, error)
    return undefined
  }
}

function report(counter: string, of: 'get' | 'set' | 'entry', error?: unknown): void {
  tokenEvents['cache-failure'].publish({ counter, of, ...(error !== undefined && { error }) })
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'
}

function checkCache(cache: unknown): void {
  const { get, set } = (typeof cache === 'object' && cache !== null ? cache : {}) as Partial<CountCache>
  if (typeof get === 'function' && typeof set === 'function') return
  throw new TypeError(`Expected "cache" to have get() and set(), as a Map does, got ${describeValue(cache)}.`)
}
