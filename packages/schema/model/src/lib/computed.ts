import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/** A value that a model works out; made by `computed`. */
export interface Computed<Fields = never, Output = unknown> {
  /** What checks the value. */
  readonly schema: StandardSchemaV1<unknown, Output>
  /** Works it out from the fields. */
  readonly compute: (fields: Fields) => unknown
}

/**
 * A field that is worked out from the others, once, when an instance is made.
 *
 * What `compute` gives is checked by `schema`; what it throws is thrown. A value for it in data is not looked at.
 */
export function computed<Schema extends StandardSchemaV1, Fields>(
  schema: Schema,
  compute: (fields: Fields) => StandardSchemaV1.InferInput<Schema>,
): Computed<Fields, StandardSchemaV1.InferOutput<Schema>> {
  if (typeof compute !== 'function') {
    throw new TypeError(`computed: "compute" must be a function, got ${describeValue(compute)}.`)
  }
  return Object.freeze({ schema: schema as never, compute })
}
