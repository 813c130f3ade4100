import { describeValue, expectKnownKeys } from '@empire/errors'
import type * as z from 'zod'
import { abortable } from './abortable.ts'
import { abortableSource } from './abortable-source.ts'
import { createItemCheck } from './create-item-check.ts'
import { expectLimit, expectOneOf } from './expect-options.ts'
import { InvalidItemError } from './invalid-item-error.ts'
import type { StreamFormat, StreamItem, StreamReader } from './stream-item.ts'
import { TooManyInvalidItemsError } from './too-many-invalid-items-error.ts'
import type { Validator } from './validator.ts'
import type { Verdict } from './verdict.ts'

/** Text, bytes, or values, as they come. A string or a `Uint8Array` is one piece. */
export type StreamSource = AsyncIterable<unknown> | Iterable<unknown>

/** How a stream is read, and what becomes of invalid items. */
export interface ValidateStreamOptions {
  /**
   * What the source holds:
   * - `values`: each thing that it gives is an item
   * - `ndjson`: text or bytes of UTF-8 with one JSON value per line
   * - `json-array`: text or bytes of UTF-8 of one JSON array, whose elements are the items
   *
   * Default: `ndjson` if the first thing it gives is a string or a `Uint8Array`, else `values`.
   */
  format?: StreamFormat | undefined
  /** At the first invalid item: throw an `InvalidItemError`, or go on up to `maxInvalid`. Default: `collect`. */
  onInvalid?: 'stop' | 'collect' | undefined
  /** With `collect`: one invalid item more throws a `TooManyInvalidItemsError`. Default: `Infinity`. */
  maxInvalid?: number | undefined
  /** The longest line, or element of an array, in bytes. A longer line is an invalid item, a longer element an error. Default: 16 MiB. */
  maxItemBytes?: number | undefined
  /** Ends the stream with `signal.reason`. */
  signal?: AbortSignal | undefined
}

/** The verdict on one item of a stream. */
export type ItemVerdict<Output = unknown> = Verdict<Output> & {
  /** Which item it is, from 0. Blank lines are none. */
  readonly index: number
  /** Where the item begins, in bytes from the start of the source. `undefined` for values. */
  readonly offset: number | undefined
}

/**
 * Checks a stream of any length item by item, at the pace of whoever reads the verdicts: at most one piece of the source and
 * one item are held.
 *
 * The source is closed when the reader stops. Throws `InvalidItemError` and `TooManyInvalidItemsError` as the options say,
 * and `InvalidJsonStreamError` where an array is no JSON.
 */
export function validateStream<Schema extends z.core.$ZodType>(
  schema: Schema,
  source: StreamSource,
  options?: ValidateStreamOptions,
): AsyncGenerator<ItemVerdict<z.core.output<Schema>>, void, undefined>
export function validateStream<Output>(
  schema: Pick<Validator<never, Output>, 'check'>,
  source: StreamSource,
  options?: ValidateStreamOptions,
): AsyncGenerator<ItemVerdict<Output>, void, undefined>
export function validateStream(
  schema: z.core.$ZodType | Pick<Validator, 'check'>,
  source: StreamSource,
  options: ValidateStreamOptions = {},
): AsyncGenerator<ItemVerdict, void, undefined> {
  const check = createItemCheck(schema)
  if (!isSource(source)) {
    throw new TypeError(`"source" must be an iterable, an async iterable, text or bytes, got ${describeValue(source)}.`)
  }
  expectKnownKeys('"options"', options, ['format', 'onInvalid', 'maxInvalid', 'maxItemBytes', 'signal'])
  const { format, onInvalid = 'collect', maxInvalid = Infinity, maxItemBytes = 16 * 1024 * 1024, signal } = options
  if (format !== undefined) expectOneOf('format', format, ['values', 'ndjson', 'json-array'])
  expectOneOf('onInvalid', onInvalid, ['stop', 'collect'])
  expectLimit('maxInvalid', maxInvalid)
  expectLimit('maxItemBytes', maxItemBytes)
  let invalid = 0

  async function* verdictsOn(items: Iterable<StreamItem>): AsyncGenerator<ItemVerdict, void, undefined> {
    for (const item of items) {
      signal?.throwIfAborted()
      const checked = 'issue' in item ? { ok: false as const, issues: [item.issue] } : check(item.value)
      const verdict = checked instanceof Promise ? await abortable(checked, signal) : checked
      const { index, offset } = item
      if (!verdict.ok) {
        if (onInvalid === 'stop')
          throw new InvalidItemError(item, verdict.issues, 'value' in item ? item.value : undefined)
        if (++invalid > maxInvalid) throw new TooManyInvalidItemsError(maxInvalid, index)
      }
      yield { ...verdict, index, offset }
    }
  }

  async function* verdicts(): AsyncGenerator<ItemVerdict, void, undefined> {
    let reader: StreamReader | undefined
    for await (const piece of abortableSource(source, signal)) {
      reader ??= await openReader(piece)
      yield* verdictsOn(reader.push(piece))
    }
    if (format !== undefined) reader ??= await openReader(undefined)
    if (reader !== undefined) yield* verdictsOn(reader.end())
  }

  /** The readers of JSON are large, and most who use schemas read no streams. */
  async function openReader(first: unknown): Promise<StreamReader> {
    const { createStreamReader, formatOf } = await import('./create-stream-reader.ts')
    return createStreamReader(format ?? formatOf(first), maxItemBytes)
  }
  return verdicts()
}

function isSource(source: unknown): source is StreamSource {
  if (typeof source === 'string') return true
  return typeof source === 'object' && source !== null && (Symbol.asyncIterator in source || Symbol.iterator in source)
}
