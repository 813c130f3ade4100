import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { describeValue, EmpireError } from '@empire/errors'
import type { TokenCounter } from './token-counter.ts'

/** One promise of a contract: `run` throws if it is not kept. */
export interface ConformanceCase {
  readonly name: string
  /** Throws an `AssertionError` that says what came instead. */
  run(): void
}

const samples: readonly string[] = [
  'a',
  ' ',
  '\0',
  '\r\n',
  '\uFEFF',
  'The quick brown fox jumps over the lazy dog.',
  'const x = { "a": [1, 2, 3] } // 😀\n',
  '日本語のテキスト。한국어 텍스트. 中文文本。',
  'e\u0301 👨‍👩‍👧‍👦 ﷽',
  '\uD800',
  'a\uDC00b',
  '<|endoftext|>',
  '<|im_start|>system',
  '__proto__',
  'constructor',
]

const hostile: readonly string[] = [
  'a',
  ' ',
  '\n',
  '\t ',
  '!',
  '0',
  'é',
  '日',
  '가',
  '😀',
  '\uD800',
  '\u0301',
  "'s",
  'aB',
]

/** The promises of a `TokenCounter`, for any test runner: `for (const { name, run } of tokenCounterCases(create)) it(name, run)`. */
export function tokenCounterCases(createCounter: () => TokenCounter): ConformanceCase[] {
  return [
    {
      name: 'has a name and says whether it is exact',
      run() {
        const { name, exact } = createCounter()
        ok(typeof name === 'string' && name !== '')
        equal(typeof exact, 'boolean')
      },
    },
    {
      name: 'counts the empty text as 0',
      run() {
        equal(createCounter().count(''), 0)
      },
    },
    {
      name: 'counts any other text as a positive integer',
      run() {
        const counter = createCounter()
        for (const text of samples) assertPositive(counter.count(text), text)
      },
    },
    {
      name: 'counts no more tokens than bytes',
      run() {
        const counter = createCounter()
        for (const text of samples) ok(counter.count(text) <= text.length * 3, JSON.stringify(text))
      },
    },
    {
      name: 'counts the same text the same again, whatever came between',
      run() {
        const counter = createCounter()
        const first = samples.map((text) => counter.count(text))
        const again = samples.toReversed().map((text) => counter.count(text))
        deepEqual(again.toReversed(), first)
        deepEqual(
          samples.map((text) => createCounter().count(text)),
          first,
        )
      },
    },
    {
      name: 'works when its method is taken off',
      run() {
        const counter = createCounter()
        const { count } = counter
        equal(count('some text'), counter.count('some text'))
      },
    },
    {
      name: 'counts right up to a limit, and above it when there is more',
      run() {
        const counter = createCounter()
        for (const text of [...samples, samples.join(' ').repeat(20)]) {
          const tokens = counter.count(text)
          for (const limit of [0, 1, 2, tokens - 1, tokens, tokens + 1, Infinity]) {
            const counted = counter.count(text, { limit })
            const told = `${JSON.stringify(text)} of ${tokens} with the limit ${limit}: ${counted}`
            ok(tokens <= limit ? counted === tokens : counted > limit, told)
          }
        }
      },
    },
    {
      name: 'encodes as many tokens as it counts, and decodes them, if it does',
      run() {
        const counter = createCounter()
        equal(typeof counter.encode, typeof counter.decode, 'encode and decode come together')
        if (counter.encode === undefined || counter.decode === undefined) return
        for (const text of ['', ...samples, samples.join(' ')]) {
          const tokens = counter.encode(text)
          equal(tokens.length, counter.count(text), JSON.stringify(text))
          equal(counter.decode(tokens), text.toWellFormed())
        }
      },
    },
    {
      name: 'names what counts for a model, if it does, and refuses a model it does not know',
      run() {
        const { nameFor } = createCounter()
        if (nameFor !== undefined) refusesModel('nameFor("no-such-model")', () => nameFor('no-such-model'))
      },
    },
    {
      name: 'finishes on 100,000 characters without a place to split',
      run() {
        const counter = createCounter()
        for (const unit of hostile) assertPositive(counter.count(unit.repeat(100_000 / unit.length)), unit)
      },
    },
    {
      name: 'refuses a model it does not know, or marks what it counts as an estimate',
      run() {
        const counter = createCounter()
        const count = (): number => counter.count('some text', { model: 'no-such-model' })
        if (counter.exact) refusesModel('an exact count for the model "no-such-model"', count)
        else assertPositive(count(), 'some text')
      },
    },
    {
      name: 'refuses what is no text',
      run() {
        const counter = createCounter()
        for (const text of [undefined, null, 3, ['a'], new String('a')]) {
          throws(() => counter.count(text as string), TypeError, `count(${describeValue(text)})`)
        }
      },
    },
  ]
}

function refusesModel(what: string, run: () => unknown): void {
  throws(
    run,
    (error) => EmpireError.isInstance(error) && error.code === 'unknown_model',
    `${what} has to throw an UnknownModelError`,
  )
}

function assertPositive(tokens: number, text: string): void {
  ok(
    Number.isSafeInteger(tokens) && tokens > 0,
    `Expected a positive integer for ${describeValue(text)}, got ${tokens}.`,
  )
}
