import { expectKnownKeys } from '@empire/errors'
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'
import * as z from 'zod'
import { compileFastPath, waitsForPromises } from './compile-fast-path.ts'
import { expectOneOf } from './expect-options.ts'
import { expectSchema } from './expect-schema.ts'
import { InvalidValueError } from './invalid-value-error.ts'
import { createSchemaRun, type SchemaRun } from './schema-run.ts'
import { isAboutStack } from './too-deep.ts'
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

/** How a schema is prepared. */
export interface CompileOptions {
  /** `interpreted`: without generating code, which costs more than checking a few values does. Default: `'compiled'`, where it can be. */
  mode?: 'compiled' | 'interpreted' | undefined
}

/**
 * Prepares a zod schema for checking many values: generated code decides, and only for a value that it refuses does zod's
 * interpreter look for the issues. Verdict, output and issues are those of the schema itself.
 *
 * On a value that is refused, the schema's own refinements and transforms may run twice. Where code must not be generated
 * from strings, or for a schema that zod cannot compile, `mode` is `interpreted` and `reason` says why. A value that is nested
 * too deeply for the stack has the issue `too_deep`.
 *
 * `is`, `check` and `parse` throw a `TypeError` when the schema waits for a promise.
 */
export function compile<Schema extends z.core.$ZodType>(
  schema: Schema,
  options: CompileOptions = {},
): CompiledSchema<Schema> {
  expectSchema('schema', schema)
  expectKnownKeys('"options"', options, ['mode'])
  const { mode = 'compiled' } = options
  expectOneOf('options.mode', mode, ['compiled', 'interpreted'])
  type Output = z.core.output<Schema>
  const { fast, reason } = mode === 'compiled' ? compileFastPath(schema) : { fast: schema, reason: 'it was asked for' }
  const run = createSchemaRun(schema, fast, reason === waitsForPromises)
  let isTried = false

  function is(value: unknown): value is z.core.input<Schema> {
    if (!isTried || run.waits()) return check(value).ok
    try {
      return z.core.validate(fast, value)
    } catch (error) {
      if (error instanceof z.core.$ZodAsyncError) throw waiting()
      if (isAboutStack(error)) return check(value).ok
      throw error
    }
  }

  function check(value: unknown): Verdict<Output> {
    isTried = true
    const payload = run.now(value)
    if (!(payload instanceof Promise)) return verdictOf<Output>(payload)
    // Nobody waits for it any more.
    payload.catch(() => undefined)
    throw waiting()
  }

  async function checkAsync(value: unknown): Promise<Verdict<Output>> {
    return verdictOf<Output>(await run.later(value))
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
    '~standard': standardProps(schema, run),
  }
  return Object.freeze(compiled)
}

const context: z.core.ParseContextInternal = Object.freeze({})

/** What zod does in `safeParse`, without the cost of its error object. */
function verdictOf<Output>({ value, issues }: z.core.ParsePayload): Verdict<Output> {
  if (issues.length === 0) return { ok: true, value: value as Output }
  return { ok: false, issues: finalIssues(issues) }
}

function finalIssues(issues: readonly z.core.$ZodRawIssue[]): z.core.$ZodIssue[] {
  return issues.map((issue) => z.core.util.finalizeIssue(issue, context, z.core.config()))
}

function valueOf<Output>(verdict: Verdict<Output>, input: unknown): Output {
  if (verdict.ok) return verdict.value
  throw new InvalidValueError(verdict.issues, input)
}

function waiting(): TypeError {
  const cause = new z.core.$ZodAsyncError()
  return new TypeError('This schema waits for a promise. Use "checkAsync" or "parseAsync".', { cause })
}

function standardProps<Schema extends z.core.$ZodType>(
  schema: Schema,
  run: SchemaRun,
): StandardSchemaV1.Props<z.core.input<Schema>, z.core.output<Schema>> {
  type Result = StandardSchemaV1.Result<z.core.output<Schema>>
  const ownProps: z.core.$ZodType['~standard'] & Partial<Pick<StandardJSONSchemaV1.Props, 'jsonSchema'>> =
    schema['~standard']
  return {
    version: 1,
    vendor: 'empire',
    validate(value) {
      const payload = run.waits() ? run.later(value) : run.now(value)
      return payload instanceof Promise ? payload.then(resultOf) : resultOf(payload)
    },
    ...(ownProps.jsonSchema === undefined ? {} : { jsonSchema: ownProps.jsonSchema }),
  }

  function resultOf({ value, issues }: z.core.ParsePayload): Result {
    if (issues.length === 0) return { value: value as z.core.output<Schema> }
    return { issues: finalIssues(issues) }
  }
}
