import { expectKnownKeys } from '@empire/errors'
import * as fc from 'fast-check'
import type * as z from 'zod'
import { arbitrary } from './arbitrary.ts'
import { expectFunction, expectLimit } from './expect-options.ts'

/** How many examples are made, and from which chance. */
export interface ExamplesOptions {
  /** How many. Default: 1. */
  count?: number | undefined
  /** Gives numbers from 0 up to 1; the same numbers give the same examples. Default: `Math.random`. */
  random?: (() => number) | undefined
}

/** Some values that a schema accepts. Throws a `NoExampleError` where none can be made. */
export function examples<Schema extends z.core.$ZodType>(
  schema: Schema,
  options: ExamplesOptions = {},
): z.core.input<Schema>[] {
  const values = arbitrary(schema)
  expectKnownKeys('"options"', options, ['count', 'random'])
  const { count = 1, random = Math.random } = options
  expectLimit('count', count)
  expectFunction('random', random)
  return fc.sample(values, { numRuns: count, seed: Math.floor(random() * 0x1_0000_0000) | 0 })
}
