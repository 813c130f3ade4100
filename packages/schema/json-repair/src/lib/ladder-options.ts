import type { Clock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { type Breaker, createBreaker } from '@empire/resilience'
import type { AskForRepair } from './ask-for-repair.ts'
import { parseRepairOptions, type ParsedRepairOptions, type RepairOptions } from './repair-options.ts'
import type { JsonSchemaDocument, StandardSchema } from './accepted-schema.ts'

/** How a ladder repairs. */
export interface RepairLadderOptions<
  Schema extends StandardSchema | JsonSchemaDocument = StandardSchema | JsonSchemaDocument,
> {
  /**
   * What the value must satisfy: any Standard Schema, synchronous or not, or a JSON Schema document, of which `repairJson`
   * says what is checked. Default: any value will do, and no model is asked.
   */
  schema?: Schema | undefined
  /** Asks a model when no reading of the text satisfies the schema. Default: no model is asked. */
  ask?: AskForRepair | undefined
  /** How often the model is asked at most: 1 or 2. Default: 2. */
  attempts?: 1 | 2 | undefined
  /** Milliseconds for each answer. Default: 60,000. */
  timeout?: number | undefined
  /** What stops the asking while the model fails. Default: one of this ladder, with the defaults of `createBreaker`. */
  breaker?: Breaker | undefined
  /**
   * Whether the model's value may stand for the text, where satisfying the schema is not enough: that it invents nothing, for
   * one. Default: it may.
   */
  accept?: ((value: unknown, text: string) => boolean | PromiseLike<boolean>) | undefined
  /** UTF-16 code units that are sent to the model, or taken from it, at most. Default: 1,000,000. */
  maxLength?: number | undefined
  /** Levels of arrays and objects that a value may have at most. Default: 256. */
  maxDepth?: number | undefined
  /** From this cost on, as `ask` states it, a text is not sent a second time. Default: `Infinity`. */
  maxCost?: number | undefined
  /** What becomes of a text for which no rung has a valid value: an error, or the best reading. Default: `'throw'`. */
  onInvalid?: 'throw' | 'return' | undefined
  /** How texts and answers are read. Default: as `repairJson` does. */
  repair?: Omit<RepairOptions, 'schema' | 'strict'> | undefined
  /** Default: the platform's. */
  clock?: Clock | undefined
}

/** The options with their defaults. */
export interface LadderSettings {
  readonly schema: StandardSchema | JsonSchemaDocument | undefined
  readonly ask: AskForRepair | undefined
  readonly attempts: number
  readonly timeout: number
  readonly breaker: Breaker
  readonly accept: ((value: unknown, text: string) => boolean | PromiseLike<boolean>) | undefined
  readonly maxLength: number
  readonly maxDepth: number
  readonly maxCost: number
  readonly onInvalid: 'throw' | 'return'
  readonly repair: ParsedRepairOptions
  readonly clock: Clock | undefined
}

const names = [
  'schema',
  'ask',
  'attempts',
  'timeout',
  'breaker',
  'accept',
  'maxLength',
  'maxDepth',
  'maxCost',
  'onInvalid',
  'repair',
  'clock',
]

export function parseLadderOptions(options: RepairLadderOptions): LadderSettings {
  expectKnownKeys('createRepairLadder: "options"', options, names)
  const {
    schema,
    ask,
    attempts = 2,
    timeout = 60_000,
    clock,
    breaker = createBreaker({ clock }),
    accept,
    maxLength = 1_000_000,
    maxDepth = 256,
    maxCost = Infinity,
    onInvalid = 'throw',
    repair = {},
  } = options
  if (ask !== undefined && typeof ask !== 'function') throw misuse('ask', 'a function', ask)
  if (accept !== undefined && typeof accept !== 'function') throw misuse('accept', 'a function', accept)
  if (attempts !== 1 && attempts !== 2) throw misuse('attempts', '1 or 2', attempts)
  if (onInvalid !== 'throw' && onInvalid !== 'return') throw misuse('onInvalid', "'throw' or 'return'", onInvalid)
  for (const [name, value] of Object.entries({ timeout, maxLength, maxDepth, maxCost }))
    if (typeof value !== 'number' || !(value >= 0)) throw misuse(name, 'a number of at least 0', value)
  if (ask !== undefined && schema === undefined)
    throw new TypeError(
      'createRepairLadder: "ask" needs a "schema", for without one nothing tells a good answer from a bad one.',
    )
  const parsed = parseRepairOptions({ ...repair, ...(schema !== undefined && { schema }) })
  return {
    schema,
    ask,
    attempts,
    timeout,
    breaker,
    accept,
    maxLength,
    maxDepth,
    maxCost,
    onInvalid,
    repair: parsed,
    clock,
  }
}

function misuse(name: string, expected: string, value: unknown): TypeError {
  return new TypeError(`createRepairLadder: "${name}" must be ${expected}, received ${describeValue(value)}.`)
}
