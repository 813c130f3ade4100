import { describeValue } from '@empire/errors'
import { climbLadder } from './climb-ladder.ts'
import { JsonNotAcceptedError } from './json-not-accepted-error.ts'
import { parseLadderOptions, type RepairLadderOptions } from './ladder-options.ts'
import type { LadderResult } from './ladder-result.ts'
import type { JsonSchemaDocument, StandardSchema } from './accepted-schema.ts'

/** What a Standard Schema gives; `unknown` for a JSON Schema. */
export type OutputOf<Schema> = Schema extends {
  readonly '~standard': { readonly types?: { readonly output: infer Output } | undefined }
}
  ? Output
  : unknown

/** Repairs texts until their values satisfy a schema. */
export interface RepairLadder<Output> {
  /**
   * Reads the value in `text`: its likeliest reading; the other readings; what a model makes of it.
   *
   * An abort of `signal` is thrown with its reason; an `AbortError` of `ask` alone is a failure that is not asked again. What
   * the schema or `accept` throws comes through.
   *
   * @throws {JsonNotAcceptedError} `json_not_accepted` if no rung has a valid value, and `onInvalid` is not `'return'` or there
   * is no value at all. Its `result` has the best reading.
   */
  repair(text: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<LadderResult<Output>>
}

/**
 * Makes a ladder: structural repair, readings judged by the schema, at most two answers of a model, then an error.
 *
 * The model is the last resort. It is asked behind a breaker and within limits of time, size, depth and cost, and its answer
 * counts only if it satisfies the schema: whatever it does, the best reading of the text is not lost.
 *
 * @throws {TypeError} if an option is wrong.
 */
export function createRepairLadder<const Schema extends StandardSchema | JsonSchemaDocument = JsonSchemaDocument>(
  options: RepairLadderOptions<Schema> = {},
): RepairLadder<OutputOf<Schema>> {
  const settings = parseLadderOptions(options)
  return {
    async repair(text, { signal } = {}) {
      if (typeof text !== 'string')
        throw new TypeError(`repair: "text" must be a string, received ${describeValue(text)}.`)
      signal?.throwIfAborted()
      const { best, rungs } = await climbLadder(text, settings, signal)
      const facts = { rungs, cost: rungs.reduce((sum, { cost }) => sum + cost, 0) }
      if (best?.verdict.valid)
        return { valid: true, value: best.verdict.value as OutputOf<Schema>, issues: [], ...facts }
      const issues = best === undefined || best.verdict.valid ? [] : best.verdict.issues
      const result = { valid: false, value: best?.value, issues, ...facts } as const
      if (best === undefined || settings.onInvalid === 'throw') throw new JsonNotAcceptedError(result)
      return result
    },
  }
}
