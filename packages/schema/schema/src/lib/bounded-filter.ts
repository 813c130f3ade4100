import type * as fc from 'fast-check'
import * as z from 'zod'
import { NoExampleError } from './no-example-error.ts'

/** How many values in a row may be refused. */
const patience = 1000

/**
 * The values that the schema accepts. Where it refuses too many in a row, a `NoExampleError` is thrown, with what its checks
 * threw last as the cause.
 */
export function boundedFilter<Value>(
  values: fc.Arbitrary<Value>,
  schema: z.core.$ZodType,
  path: readonly string[],
): fc.Arbitrary<Value> {
  let refused = 0
  let thrown: unknown

  function accepts(value: Value): boolean {
    try {
      return z.core.validate(schema, value)
    } catch (error) {
      if (error instanceof z.core.$ZodAsyncError) {
        throw new TypeError('"schema" must not wait for a promise.', { cause: error })
      }
      thrown = error
      return false
    }
  }

  return values.filter((value) => {
    if (accepts(value)) {
      refused = 0
      return true
    }
    if (++refused <= patience) return false
    refused = 0
    throw new NoExampleError(path, 'it refused 1,000 values in a row', thrown === undefined ? {} : { cause: thrown })
  })
}
