import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import * as z from 'zod'
import { compileFastPath } from './compile-fast-path.ts'
import { expectSchema } from './expect-schema.ts'
import { InvalidValueError } from './invalid-value-error.ts'
import { createRefusal } from './refusal.ts'
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
    try {
      return verdictOf<Output>(safeParse(fast, value))
    } catch (error) {
      throw explained(error)
    }
  }

  async function checkAsync(value: unknown): Promise<Verdict<Output>> {
    return verdictOf<Output>(await safeParseAsync(fast, value))
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
    '~standard': standardProps(schema, fast),
  }
  return Object.freeze(compiled)
}

const { validate } = z.core

/** Takes the place of zod's error class: the issues are all that is wanted, without a stack. */
class IssueList {
  readonly issues: z.core.$ZodIssue[]

  constructor(issues: z.core.$ZodIssue[]) {
    this.issues = issues
  }
}

const safeParse = z.core._safeParse(IssueList as unknown as z.core.$ZodErrorClass)
const safeParseAsync = z.core._safeParseAsync(IssueList as unknown as z.core.$ZodErrorClass)

function verdictOf<Output>(result: z.core.util.SafeParseResult<unknown>): Verdict<Output> {
  if (result.success) return { ok: true, value: result.data as Output }
  return createRefusal(() => result.error.issues)
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
): StandardSchemaV1.Props<z.core.input<Schema>, z.core.output<Schema>> {
  const ownProps: z.core.$ZodType['~standard'] & Partial<Pick<StandardJSONSchemaV1.Props, 'jsonSchema'>> =
    schema['~standard']
  return {
    version: 1,
    vendor: 'empire',
    validate: (value) => fast['~standard'].validate(value) as StandardSchemaV1.Result<z.core.output<Schema>>,
    ...(ownProps.jsonSchema === undefined ? {} : { jsonSchema: ownProps.jsonSchema }),
  }
}
