import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import * as z from 'zod'
import { compileFastPath, waitsForPromises } from './compile-fast-path.ts'
import { expectSchema } from './expect-schema.ts'
import { InvalidValueError } from './invalid-value-error.ts'
import type { Validator } from './validator.ts'
import type { Verdict } from './verdict.ts'

/** What `compile` makes of a zod schema. */
export interface CompiledSchema<Schema extends z.core.$ZodType = z.core.$ZodType> extends Validator<
  z.core.input<Schema>,
  z.core.output<Schema>
> {
  /** The schema that was compiled, unchanged. */
  readonly schema: Schema
  /** Whether checks run generated code, or zod's interpreter, which gives the same results slower. */
  readonly mode: 'compiled' | 'interpreted'
  /** Why the mode is `interpreted`. */
  readonly reason: string | undefined
  /** Like `check`, for schemas that wait for something. */
  readonly checkAsync: (value: unknown) => Promise<Verdict<z.core.output<Schema>>>
  /** Like `parse`, for schemas that wait for something. */
  readonly parseAsync: (value: unknown) => Promise<z.core.output<Schema>>
}

/**
 * Prepares a zod schema for checking many values: generated code decides, and only for a value that it refuses does zod's
 * interpreter look for the issues. Verdict, output and issues are those of the schema itself.
 *
 * On a value that is refused, the schema's own refinements and transforms may run twice. Where code must not be generated
 * from strings, or for a schema that zod cannot compile, `mode` is `interpreted` and `reason` says why.
 *
 * `is`, `check` and `parse` throw a `TypeError` when the schema waits for a promise.
 */
export function compile<Schema extends z.core.$ZodType>(schema: Schema): CompiledSchema<Schema> {
  expectSchema('schema', schema)
  type Input = z.core.input<Schema>
  type Output = z.core.output<Schema>
  const { fast, reason } = compileFastPath(schema)

  function is(value: unknown): value is Input {
    try {
      return validate(fast, value)
    } catch (error) {
      throw explained(error)
    }
  }

  function check(value: unknown): Verdict<Output> {
    const context = { async: false }
    try {
      const result = fast._zod.run({ value, issues: [] }, context)
      if (result instanceof Promise) throw new z.core.$ZodAsyncError()
      return verdictOf<Output>(result, context)
    } catch (error) {
      throw explained(error)
    }
  }

  async function checkAsync(value: unknown): Promise<Verdict<Output>> {
    const context = { async: true }
    return verdictOf<Output>(await fast._zod.run({ value, issues: [] }, context), context)
  }

  const compiled: CompiledSchema<Schema> = {
    schema,
    mode: reason === undefined ? 'compiled' : 'interpreted',
    reason,
    is,
    check,
    checkAsync,
    parse: (value) => valueOf(check(value), value),
    parseAsync: async (value) => valueOf(await checkAsync(value), value),
    '~standard': standardProps(schema, fast, reason === waitsForPromises),
  }
  return Object.freeze(compiled)
}

const { validate } = z.core

/** What zod does in `safeParse`, without the cost of its error object. */
function verdictOf<Output>(
  { value, issues }: z.core.ParsePayload,
  context: z.core.ParseContextInternal,
): Verdict<Output> {
  if (issues.length === 0) return { ok: true, value: value as Output }
  return { ok: false, issues: issues.map((issue) => z.core.util.finalizeIssue(issue, context, z.core.config())) }
}

function valueOf<Output>(verdict: Verdict<Output>, input: unknown): Output {
  if (verdict.ok) return verdict.value
  throw new InvalidValueError(verdict.issues, input)
}

function explained(error: unknown): unknown {
  if (!(error instanceof z.core.$ZodAsyncError)) return error
  return new TypeError('This schema waits for a promise. Use "checkAsync" or "parseAsync".', { cause: error })
}

function standardProps<Schema extends z.core.$ZodType>(
  schema: Schema,
  fast: Schema,
  isKnownToWait: boolean,
): StandardSchemaV1.Props<z.core.input<Schema>, z.core.output<Schema>> {
  type Result = StandardSchemaV1.Result<z.core.output<Schema>>
  const ownProps: z.core.$ZodType['~standard'] & Partial<Pick<StandardJSONSchemaV1.Props, 'jsonSchema'>> =
    schema['~standard']
  let waits = isKnownToWait
  let isTried = false
  return {
    version: 1,
    vendor: 'empire',
    validate: answer,
    ...(ownProps.jsonSchema === undefined ? {} : { jsonSchema: ownProps.jsonSchema }),
  }

  /** zod itself tries without waiting each time, and leaves the promise of that to itself: nobody hears when it is rejected. */
  function answer(value: unknown): Result | Promise<Result> {
    if (waits) return validateLater(value)
    try {
      return isTried ? validateNow(value) : tryOut(value)
    } catch (error) {
      if (!(error instanceof z.core.$ZodAsyncError)) throw error
      waits = true
      return validateLater(value)
    }
  }

  function validateNow(value: unknown): Result {
    const context = { async: false }
    const result = fast._zod.run({ value, issues: [] }, context)
    if (result instanceof Promise) throw new z.core.$ZodAsyncError()
    return resultOf(result, context)
  }

  /** Generated code knows of no promise that it gets, so the schema itself says first whether there are any. */
  function tryOut(value: unknown): Result | Promise<Result> {
    isTried = true
    const context = {}
    const result = schema._zod.run({ value, issues: [] }, context)
    if (!(result instanceof Promise)) return resultOf(result, context)
    waits = true
    return result.then((later) => resultOf(later, context))
  }

  async function validateLater(value: unknown): Promise<Result> {
    const context = { async: true }
    return resultOf(await schema._zod.run({ value, issues: [] }, context), context)
  }

  function resultOf(payload: z.core.ParsePayload, context: z.core.ParseContextInternal): Result {
    if (payload.issues.length === 0) return { value: payload.value as z.core.output<Schema> }
    const verdict = verdictOf<z.core.output<Schema>>(payload, context)
    return verdict.ok ? { value: verdict.value } : { issues: verdict.issues }
  }
}
