import { anything, assert, asyncProperty, constant, constantFrom, oneof, string } from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CountCache } from './count-cache.ts'
import { countKey, writeEntry } from './count-entry.ts'
import { tokenCounterCases } from './token-counter-cases.ts'
import type { TokenCounter } from './token-counter.ts'
import { tokenEvents } from './token-events.ts'
import { UnknownModelError } from './unknown-model-error.ts'
import { withCountCache } from './with-count-cache.ts'

/** One token a character, two for the model `wide`. */
function createCounter(): TokenCounter & { readonly counted: string[] } {
  const counted: string[] = []
  return {
    name: 'characters',
    exact: false,
    counted,
    count(text, { model } = {}) {
      if (typeof text !== 'string') throw new TypeError('Expected a string.')
      counted.push(text)
      return text.length * (model === 'wide' ? 2 : 1)
    },
  }
}

function createAsyncCache(entries = new Map<string, unknown>()): CountCache {
  return {
    get: async (key) => entries.get(key),
    set: async (key, value) => void entries.set(key, value),
  }
}

function hearFailures(): unknown[] {
  const heard: unknown[] = []
  onTestFinished(tokenEvents['cache-failure'].subscribe(({ at, ...message }) => at > 0 && heard.push(message)))
  return heard
}

function nameOfModel(model: string): string {
  if (model.startsWith('gpt-4o')) return 'o200k_base'
  throw new UnknownModelError(model, ['gpt-4o'], 'Take that.')
}

const long = 'word '.repeat(1000)

describe('withCountCache', () => {
  it.each(tokenCounterCases(() => withCountCache(createCounter(), new Map<string, string>(), { minLength: 0 })))(
    '$name',
    ({ run }) => {
      expect(run).not.toThrow()
    },
  )

  it('counts a text once among all who share the cache', async () => {
    const cache = createAsyncCache()
    const [here, there] = [createCounter(), createCounter()]
    expect(await withCountCache(here, cache).count(long)).toBe(5000)
    expect(await withCountCache(there, cache).count(long)).toBe(5000)
    expect([here.counted, there.counted]).toEqual([[long], []])
  })

  it('answers at once when the cache does', () => {
    const counter = createCounter()
    const cached = withCountCache(counter, new Map())
    expect([cached.count(long), cached.count(long)]).toEqual([5000, 5000])
    expect(counter.counted).toHaveLength(1)
  })

  it('counts short texts without asking', () => {
    const cache = { get: vi.fn<CountCache['get']>(), set: vi.fn<CountCache['set']>() }
    const { count } = withCountCache(createCounter(), cache, { minLength: 10 })
    expect(count('123456789')).toBe(9)
    expect(cache.get).not.toHaveBeenCalled()
    expect(count('1234567890')).toBe(10)
    expect(cache.get).toHaveBeenCalledOnce()
  })

  it('counts up to a limit without asking, for what it counts may be less than the whole', () => {
    const cache = new Map<string, string>()
    expect(withCountCache(createCounter(), cache).count(long, { limit: 5 })).toBeGreaterThan(5)
    expect(cache.size).toBe(0)
  })

  it('keeps no text, and says whose count it is', () => {
    const cache = new Map<string, string>()
    withCountCache(createCounter(), cache).count(long)
    expect([...cache.keys()]).toEqual([
      'tokens:1:characters:899d7a4c6020c7a79527aaf1391107b5eef6f581739e03edbd509687db1b9cf1',
    ])
    expect([...cache.values()][0]).toMatch(/^5000 [0-9a-f]{16}$/)
  })

  it('keeps the counts of models apart', async () => {
    const cached = withCountCache(createCounter(), createAsyncCache())
    expect(await cached.count(long)).toBe(5000)
    expect(await cached.count(long, { model: 'wide' })).toBe(10_000)
    expect(await cached.count(long)).toBe(5000)
  })

  it('shares the counts of models that the counter names alike, and asks for none that it does not know', async () => {
    const counter = { ...createCounter(), nameFor: nameOfModel }
    const cached = withCountCache(counter, createAsyncCache())
    await cached.count(long, { model: 'gpt-4o' })
    await cached.count(long, { model: 'gpt-4o-mini' })
    expect(counter.counted).toHaveLength(1)
    expect(() => cached.count(long, { model: 'gpt-4' })).toThrow(UnknownModelError)
  })

  it('does not take half a pair for the character that replaces it', () => {
    const counter: TokenCounter = { ...createCounter(), count: (text) => (text.includes('\uFFFD') ? 1 : 2) }
    const { count } = withCountCache(counter, new Map(), { minLength: 0 })
    expect([count('a\uFFFD'), count('a\uD800')]).toEqual([1, 2])
  })

  it('passes on what else the counter can do', () => {
    class Words implements TokenCounter {
      readonly name = 'words'
      readonly exact = true
      readonly #words = ['a', 'b']
      count(): number {
        return this.#words.length
      }
      encode(): number[] {
        return this.#words.map((_, index) => index)
      }
      decode(): string {
        return this.#words.join('')
      }
    }
    const { name, exact, encode, decode, nameFor } = withCountCache(new Words(), new Map())
    expect([name, exact, encode?.('ab'), decode?.([0, 1]), nameFor]).toEqual(['words', true, [0, 1], 'ab', undefined])
  })

  it('passes the signal on, and throws its reason untouched', async () => {
    const reason = new Error('enough')
    const heard = hearFailures()
    const aborted = AbortSignal.abort(reason)
    const cached = withCountCache(createCounter(), createAsyncCache())
    expect(() => cached.count(long, { signal: aborted })).toThrow(reason)

    const controller = new AbortController()
    const hanging: CountCache = {
      get: (_, { signal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('another')))),
      set: () => {},
    }
    const counting = withCountCache(createCounter(), hanging).count(long, { signal: controller.signal })
    controller.abort(reason)
    await expect(counting).rejects.toBe(reason)
    expect(heard).toEqual([])
  })

  it.each<[string, unknown[], string]>([
    [
      'no counter',
      [undefined, new Map()],
      'Expected "counter" to be a TokenCounter, such as createEstimator() makes, got undefined.',
    ],
    ['no cache', [createCounter(), {}], 'Expected "cache" to have get() and set(), as a Map does, got an object.'],
    [
      'a slip',
      [createCounter(), new Map(), { minLenght: 1 }],
      '"options" has no key "minLenght". Did you mean "minLength"?',
    ],
    [
      'no length',
      [createCounter(), new Map(), { minLength: '1' }],
      'Expected "minLength" to be a number from 0 upwards, got a string ("1").',
    ],
  ])('refuses %s', (_, args, message) => {
    expect(() => withCountCache(...(args as Parameters<typeof withCountCache>))).toThrow(new TypeError(message))
  })
})

describe('a cache that fails', () => {
  const failure = new Error('no connection')
  const refuse = (): never => {
    throw failure
  }
  const rejects = (): Promise<never> => Promise.reject(failure)
  const lost = { counter: 'characters', error: failure }

  it.each<[string, CountCache, unknown[]]>([
    ['get throws', { get: refuse, set: () => {} }, [{ ...lost, of: 'get' }]],
    ['get rejects', { get: rejects, set: async () => {} }, [{ ...lost, of: 'get' }]],
    ['set throws', { get: () => undefined, set: refuse }, [{ ...lost, of: 'set' }]],
    ['set throws behind a promise', { get: async () => undefined, set: refuse }, [{ ...lost, of: 'set' }]],
    ['set rejects', { get: () => undefined, set: rejects }, [{ ...lost, of: 'set' }]],
    ['set rejects behind a promise', { get: async () => undefined, set: rejects }, [{ ...lost, of: 'set' }]],
  ])('costs no more than a count, and is told: %s', async (_, cache, told) => {
    const heard = hearFailures()
    expect(await withCountCache(createCounter(), cache).count(long)).toBe(5000)
    await Promise.resolve()
    expect(heard).toEqual(told)
  })

  it('never makes a wrong count, whatever it holds', async () => {
    const key = countKey('characters', long)
    const garbage = oneof(
      anything(),
      string(),
      constantFrom<unknown>(
        5,
        5000,
        '5',
        '5000',
        'NaN',
        null,
        '-5 0',
        writeEntry(key, Number.NaN),
        writeEntry(key, -1),
      ),
      constantFrom(4999, 1, 0).map((tokens) => `${tokens} ${writeEntry(key, 5000).slice(5)}`),
      constant(writeEntry(countKey('characters', 'another text'), 12)),
      constant(writeEntry(countKey('others', long), 12)),
    )
    await assert(
      asyncProperty(garbage, async (entry) => {
        const entries = new Map([[key, entry]])
        expect(await withCountCache(createCounter(), createAsyncCache(entries)).count(long)).toBe(5000)
        expect(entries.get(key)).toBe(writeEntry(key, 5000))
      }),
    )
  })

  it('is told of what is no count, and nothing of what is there', () => {
    const heard = hearFailures()
    withCountCache(createCounter(), new Map([[countKey('characters', long), 'a secret']])).count(long)
    expect(heard).toEqual([{ counter: 'characters', of: 'entry' }])
  })
})

describe('preload', () => {
  it('gives a counter that answers at once, from memory for what it was given', async () => {
    const counter = createCounter()
    const cached = withCountCache(counter, createAsyncCache())
    const preloaded = await cached.preload([long, 'short', long])
    expect(counter.counted).toEqual(['short', long])
    expect([preloaded.count(long), preloaded.count('short')]).toEqual([5000, 5])
    expect(counter.counted).toHaveLength(2)
    expect([preloaded.count('another'), preloaded.count(long, { model: 'wide' })]).toEqual([7, 10_000])
  })

  it('looks up by the model it is given', async () => {
    const cached = withCountCache(createCounter(), createAsyncCache())
    const preloaded = await cached.preload([long], { model: 'wide' })
    expect([preloaded.count(long, { model: 'wide' }), preloaded.count(long)]).toEqual([10_000, 5000])
  })

  it('keeps the promises of a counter', async () => {
    const preloaded = await withCountCache(createCounter(), createAsyncCache()).preload(['a', 'some text'])
    for (const { run } of tokenCounterCases(() => preloaded)) expect(run).not.toThrow()
  })

  it('has a hundred look-ups under way at most', async () => {
    let running = 0
    let most = 0
    const cache: CountCache = {
      async get() {
        most = Math.max(most, ++running)
        await new Promise(setImmediate)
        running--
      },
      set() {},
    }
    const texts = Array.from({ length: 250 }, (_, index) => `text ${index}`)
    await withCountCache(createCounter(), cache, { minLength: 0 }).preload(texts)
    expect(most).toBe(100)
  })

  it('ends with its signal', async () => {
    const reason = new Error('enough')
    const { preload } = withCountCache(createCounter(), createAsyncCache())
    await expect(preload([long], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it.each<[string, unknown[], string]>([
    ['a text alone', ['text'], 'Expected "texts" to be an array of strings, got a string ("text").'],
    ['what is no text', [['a', 5]], 'Expected "text" to be a string, got a number (5).'],
    ['a slip', [['a'], { modell: 'x' }], '"options" has no key "modell". Did you mean "model"?'],
  ])('refuses %s', async (_, args, message) => {
    const { preload } = withCountCache(createCounter(), new Map())
    await expect(preload(...(args as Parameters<typeof preload>))).rejects.toThrow(new TypeError(message))
  })
})
