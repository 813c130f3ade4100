import type { StandardSchemaV1 } from '@standard-schema/spec'
import { compile } from '@empire/schema'
import { changesValues } from './changes-values.ts'
import type { ContractIssue } from './contract-violation-error.ts'

/** What a schema says of a value. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly ContractIssue[] }

/** A schema, made ready. */
export interface Checker {
  /** Whether a value that the schema accepts can come out as another one, missing unknown keys aside. */
  readonly changesValues: boolean
  /** Deep-frozen values that the schema has accepted: they cannot have become wrong since. */
  readonly accepted: WeakSet<object>
  check(value: unknown): Outcome | Promise<Outcome>
}

const checkers = new WeakMap<StandardSchemaV1, Checker>()

/** The checker of a schema: one and the same for all contracts. */
export function checkerOf(schema: StandardSchemaV1): Checker {
  const known = checkers.get(schema)
  if (known !== undefined) return known
  const checker = createChecker(schema)
  checkers.set(schema, checker)
  return checker
}

function createChecker(schema: StandardSchemaV1): Checker {
  const { validate } = '_zod' in schema ? compile(schema as never)['~standard'] : schema['~standard']
  return {
    changesValues: changesValues(schema),
    accepted: new WeakSet(),
    check(value) {
      const result = validate(value)
      return result instanceof Promise ? result.then(toOutcome) : toOutcome(result)
    },
  }
}

function toOutcome(result: StandardSchemaV1.Result<unknown>): Outcome {
  if (result.issues === undefined) return { ok: true, value: result.value }
  return { ok: false, issues: result.issues.map(({ path = [], message }) => ({ path: path.map(toKey), message })) }
}

function toKey(segment: PropertyKey | StandardSchemaV1.PathSegment): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'number' ? key : String(key)
}
