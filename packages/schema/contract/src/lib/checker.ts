import { compile } from '@empire/schema'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { changesValues } from './changes-values.ts'

/** What a schema says of a value: what comes out of it, or the issues. */
export type Outcome = StandardSchemaV1.Result<unknown>

/** A schema, made ready. */
export interface Checker {
  /** Whether a value that the schema accepts can come out as another one, missing unknown keys aside. */
  readonly changesValues: boolean
  /** Deep-frozen values that the schema has accepted: they cannot have become wrong since. */
  readonly accepted: WeakSet<object>
  readonly check: (value: unknown) => Outcome | Promise<Outcome>
}

const checkers = new WeakMap<StandardSchemaV1, Checker>()

/** The checker of a schema: one and the same for all contracts. */
export function checkerOf(schema: StandardSchemaV1): Checker {
  let checker = checkers.get(schema)
  if (checker === undefined) {
    const { validate } = '_zod' in schema ? compile(schema as never)['~standard'] : schema['~standard']
    checker = { changesValues: changesValues(schema), accepted: new WeakSet(), check: (value) => validate(value) }
    checkers.set(schema, checker)
  }
  return checker
}
