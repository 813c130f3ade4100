import { describeValue } from '@empire/errors'
import { compile } from '@empire/schema/compile'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { changesValues } from './changes-values.ts'
import { isPromiseLike } from './is-promise-like.ts'

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
    const check = '_zod' in schema ? checkOfZod(schema) : checkOfOther(schema)
    checker = { changesValues: changesValues(schema), accepted: new WeakSet(), check }
    checkers.set(schema, checker)
  }
  return checker
}

function checkOfZod(schema: StandardSchemaV1): Checker['check'] {
  const { validate } = compile(schema as never)['~standard']
  return (value) => validate(value)
}

function checkOfOther(schema: StandardSchemaV1): Checker['check'] {
  return (value) => {
    const outcome: unknown = schema['~standard'].validate(value)
    if (outcome instanceof Promise) return outcome.then(expectOutcome)
    if (isPromiseLike(outcome)) return Promise.resolve(outcome).then(expectOutcome)
    return expectOutcome(outcome)
  }

  function expectOutcome(outcome: unknown): Outcome {
    const { issues } = (outcome ?? {}) as Partial<StandardSchemaV1.FailureResult>
    const isRight = issues === undefined ? isResult(outcome) : Array.isArray(issues)
    if (isRight) return outcome as Outcome
    const vendor = describeValue(schema['~standard'].vendor)
    throw new TypeError(
      `The Standard Schema of ${vendor} must answer { value } or { issues }, got ${describeValue(outcome)}.`,
    )
  }
}

function isResult(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'value' in outcome
}
