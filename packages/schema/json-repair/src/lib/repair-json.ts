import { describeValue } from '@empire/errors'
import { JsonRepairUnsafeError, JsonUnrepairableError } from './json-repair-error.ts'
import { type ParsedRepairOptions, parseRepairOptions, type RepairOptions } from './repair-options.ts'
import type { RepairEdit } from './repair-edit.ts'
import { confidenceOf, repairKinds } from './repair-kind.ts'
import { readings } from './readings.ts'
import { createSchemaJudge, type SchemaJudge } from './schema-judge.ts'

/** A value that was read from a text, and the receipt for it. */
export interface RepairResult {
  /** The value: `JSON.parse(text)`, except for numbers that are not finite with `nonFinite: 'number'`. */
  readonly value: unknown
  /** The repaired JSON: the input with the edits applied. */
  readonly text: string
  /** Each repair, in the order of their offsets. They do not overlap. Empty for valid JSON. */
  readonly edits: readonly RepairEdit[]
  /** 0–1: the product of `1 − risk` over the distinct kinds of the edits (`repairKinds`). */
  readonly confidence: number
  /**
   * Where the input ended inside a value, in UTF-16 code units: the scalar before it is incomplete, and more may be
   * missing behind. `undefined` if the value is whole.
   */
  readonly truncatedAt: number | undefined
}

/**
 * Reads the JSON value in a text, whatever is wrong with it, and says what was repaired.
 *
 * Valid JSON is left to `JSON.parse`. The value is the one in a Markdown fence, if there is one, else what stands in the
 * open; thoughts (`<think>`) never count. Linear in the length of the text, without recursion.
 *
 * @throws {TypeError} if the text is no string or an option is wrong.
 * @throws {JsonUnrepairableError} `json_unrepairable` if the text holds no value.
 * @throws {JsonRepairUnsafeError} `json_repair_unsafe` if `strict: 'safe'` forbids a repair that is needed.
 */
export function repairJson(text: string, options: RepairOptions = {}): RepairResult {
  if (typeof text !== 'string') {
    throw new TypeError(`Expected text to be a string, got ${describeValue(text)}.`)
  }
  const parsed = parseRepairOptions(options)
  const judge = parsed.schema === undefined ? undefined : createSchemaJudge(parsed.schema)
  try {
    return allow(bestReading(text, parsed, judge), parsed.strict)
  } catch (error) {
    if (judge === undefined || !JsonUnrepairableError.isInstance(error)) throw error
    // Prose is a string that has lost its quotes, if that is what was asked for.
    const value = text.trim()
    if (value === '' || !judge(value)) throw error
    return allow(asString(text, value), parsed.strict)
  }
}

function bestReading(text: string, parsed: ParsedRepairOptions, judge: SchemaJudge | undefined): RepairResult {
  let first: RepairResult | undefined
  let count = 0
  for (const { value, text: repaired, edits, truncatedAt } of readings(text, parsed)) {
    const result = { value, text: repaired, edits, confidence: confidenceOf(kindsOf(edits)), truncatedAt }
    first ??= result
    if (judge === undefined || judge(value)) return result
    if (++count >= parsed.readings) break
  }
  return first as RepairResult
}

function asString(text: string, value: string): RepairResult {
  const replacement = JSON.stringify(value)
  const edits = [{ kind: 'quote_value', offset: 0, length: text.length, replacement } as const]
  return { value, text: replacement, edits, confidence: confidenceOf(['quote_value']), truncatedAt: undefined }
}

function* kindsOf(edits: readonly RepairEdit[]): Generator<RepairEdit['kind']> {
  for (const { kind } of edits) yield kind
}

function allow(result: RepairResult, strict: 'safe' | undefined): RepairResult {
  if (strict === 'safe') {
    const unsafe = result.edits.find(({ kind }) => repairKinds[kind].changesMeaning)
    if (unsafe !== undefined) throw new JsonRepairUnsafeError(unsafe.kind, unsafe.offset)
  }
  return result
}
