import type { Context } from '@empire/context'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { checkStrategy } from './check-strategy.ts'
import type { CompactionOptions } from './compaction-options.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { expectFunction, expectInteger } from './expect-option.ts'
import { summarizeHistory } from './summarize-history.ts'
import { checkPrices } from './token-prices.ts'

/** What a call asks for, checked, with what is stored in the context. */
export interface CompactionRequest {
  readonly context: Context
  readonly strategy: CompactionStrategy
  /** The options of the call, and those of the context that it leaves open. */
  readonly options: CompactionOptions
  /** The options of the call alone. */
  readonly own: CompactionOptions
}

const known = ['summarizer', 'maxTokens', 'assigns', 'prices', 'cachedTokens', 'signal']

/** Joins the call's strategy and options with the stored ones. Throws `TypeError` for what does not fit. */
export function readRequest(
  context: Context,
  strategy: CompactionStrategy | undefined,
  own: CompactionOptions = {},
): CompactionRequest {
  expectContext(context)
  checkOptions('compaction', own)
  const { strategy: storedStrategy, options: storedOptions = {} } = context.compaction ?? {}
  checkOptions('compaction of the context', storedOptions)
  const given = Object.entries(own).filter(([, value]) => value !== undefined)
  return {
    context,
    strategy: checkStrategy(strategy ?? storedStrategy ?? summarizeHistory(), 'strategy'),
    options: Object.freeze({ ...storedOptions, ...Object.fromEntries(given) }),
    own,
  }
}

/** Throws `TypeError` unless it is a context. */
export function expectContext(context: unknown): void {
  const { withMessages, hash } = (context ?? {}) as Partial<Context>
  if (typeof withMessages === 'function' && typeof hash === 'function') return
  throw new TypeError(`"context" must be a context, got ${describeValue(context)}.`)
}

function checkOptions(of: string, options: CompactionOptions): void {
  expectKnownKeys(`${of}: "options"`, options, known)
  const { summarizer, maxTokens, assigns, prices, cachedTokens, signal } = options
  expectFunction(of, 'summarizer', summarizer)
  expectInteger(of, 'maxTokens', maxTokens, 1)
  expectInteger(of, 'cachedTokens', cachedTokens, 0)
  if (prices !== undefined) checkPrices(of, prices)
  if (assigns !== undefined && (typeof assigns !== 'object' || assigns === null || Array.isArray(assigns))) {
    throw new TypeError(`${of}: "assigns" must be an object of values by name, got ${describeValue(assigns)}.`)
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`${of}: "signal" must be an AbortSignal, got ${describeValue(signal)}.`)
  }
}
