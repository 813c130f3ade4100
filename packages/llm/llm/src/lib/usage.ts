/**
 * Tokens that one call was billed for, as five disjoint counts: their sum is the whole. Integers from 0 upwards.
 *
 * Vendors often count cached tokens inside the input and reasoning inside the output; clients take them apart.
 */
export interface Usage {
  /** Tokens of the request that were read afresh. */
  readonly input: number
  /** Tokens of the request that came from the vendor's cache. */
  readonly cacheRead: number
  /** Tokens of the request that were written to the vendor's cache. */
  readonly cacheWrite: number
  /** Tokens of the visible answer. */
  readonly output: number
  /** Tokens of reasoning that are no part of the visible answer. */
  readonly reasoning: number
  /** The numbers as the vendor gave them, as plain JSON data. */
  readonly vendor?: Readonly<Record<string, unknown>> | undefined
}
