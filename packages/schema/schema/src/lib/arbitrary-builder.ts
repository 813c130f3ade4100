import type * as fc from 'fast-check'
import type * as z from 'zod'
import type { SchemaHeights } from './schema-heights.ts'

/** Where in a schema a value is made, and how many levels it may still have. */
export interface Place {
  readonly path: readonly string[]
  readonly levels: number
}

/** Makes arbitraries for a schema and all below it. */
export interface ArbitraryBuilder {
  /** Values that the schema accepts. */
  readonly build: (schema: z.core.$ZodType, place: Place) => fc.Arbitrary<unknown>
  /** Whether a value of the schema fits into the levels. */
  readonly fits: (schema: z.core.$ZodType, levels: number) => boolean
  readonly heightOf: SchemaHeights
}
