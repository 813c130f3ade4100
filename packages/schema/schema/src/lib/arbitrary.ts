import { expectKnownKeys } from '@empire/errors'
import type * as fc from 'fast-check'
import type * as z from 'zod'
import { boundedFilter } from './bounded-filter.ts'
import { createArbitraryBuilder } from './create-arbitrary-builder.ts'
import { expectLimit } from './expect-options.ts'
import { expectSchema } from './expect-schema.ts'
import { NoExampleError } from './no-example-error.ts'
import { measureHeights } from './schema-heights.ts'

/** How values are made. */
export interface ArbitraryOptions {
  /** How many levels of objects, arrays, maps and sets a value may have, unless the schema asks for more. Default: 5. */
  maxDepth?: number | undefined
}

/**
 * Values that a schema accepts, for properties of fast-check: with its bounds, formats, patterns and checks, and those of
 * named types by their `example`.
 *
 * Values are what goes in: before defaults, coercion and transforms. Throws a `NoExampleError` where none can be made; also
 * later, when checks refuse 1,000 values in a row.
 */
export function arbitrary<Schema extends z.core.$ZodType>(
  schema: Schema,
  options: ArbitraryOptions = {},
): fc.Arbitrary<z.core.input<Schema>> {
  expectSchema('schema', schema)
  expectKnownKeys('"options"', options, ['maxDepth'])
  const { maxDepth = 5 } = options
  expectLimit('maxDepth', maxDepth)
  const heightOf = measureHeights(schema)
  const height = heightOf(schema)
  if (height === Infinity) throw new NoExampleError([], 'it refers to itself without an end')
  const values = createArbitraryBuilder(heightOf).build(schema, { path: [], levels: Math.max(maxDepth, height) })
  return boundedFilter(values as fc.Arbitrary<z.core.input<Schema>>, schema, [])
}
