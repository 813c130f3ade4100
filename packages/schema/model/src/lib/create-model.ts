import { compile, type CompiledSchema, toJsonSchema } from '@empire/schema'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import { findProblems } from './find-problems.ts'
import { InvalidModelError } from './invalid-model-error.ts'
import type { BaseModel, ModelVerdict } from './model.ts'
import { writerOf } from './writer.ts'
import { internalsOf } from './zod-parts.ts'

/** Checks before the schema is compiled: many models are made for one value, and compiling costs more than a few checks. */
const interpretedChecks = 8

/** The functions of a model, from its schema. */
export function createModel(name: string, description: string | undefined, schema: z.ZodType): BaseModel {
  let compiled: CompiledSchema | undefined
  let interpreted = 0
  let waits = false

  const model: BaseModel = {
    name,
    description,
    schema,
    '~standard': { version: 1, vendor: 'empire', validate },
    create: parse,
    parse,
    check,
    parseAsync: async (data) => valueOf(await checkAsync(data)),
    checkAsync,
    serialize: (instance, options = {}) => writerOf(schema)(instance, options),
    toJsonSchema: (options) => toJsonSchema(schema, options),
  }
  return model

  function check(data: unknown): ModelVerdict<unknown> {
    try {
      const verdict = checkOrWait(data)
      if (!(verdict instanceof Promise)) return verdict
      // Nobody waits for it any more.
      verdict.catch(() => undefined)
    } catch (error) {
      if (!isAboutWaiting(error)) throw error
    }
    throw new TypeError(`A field of ${name} waits for a promise. Use "checkAsync" or "parseAsync".`)
  }

  /** A promise where a refinement gives one; throws zod's error where a transform does. */
  function checkOrWait(data: unknown): ModelVerdict<unknown> | Promise<ModelVerdict<unknown>> {
    if (compiled === undefined && interpreted < interpretedChecks) {
      interpreted++
      const context = { jitless: true }
      // zod's `safeParse` would leave the promise of a refinement to itself.
      const result = internalsOf(schema).run({ value: data, issues: [] }, context)
      return result instanceof Promise ? result.then(toVerdict) : toVerdict(result)
    }
    compiled ??= compile(schema)
    const verdict = compiled.check(data)
    return verdict.ok ? verdict : refusal(data, verdict.issues as readonly z.core.$ZodIssue[])

    function toVerdict({ value, issues }: z.core.ParsePayload): ModelVerdict<unknown> {
      if (issues.length === 0) return { ok: true, value }
      return refusal(
        data,
        issues.map((issue) => z.core.util.finalizeIssue(issue, undefined, z.config())),
      )
    }
  }

  async function checkAsync(data: unknown): Promise<ModelVerdict<unknown>> {
    const result = await schema.safeParseAsync(data)
    return result.success ? { ok: true, value: result.data } : refusal(data, result.error.issues)
  }

  function refusal(data: unknown, issues: readonly z.core.$ZodIssue[]): ModelVerdict<unknown> {
    return { ok: false, error: new InvalidModelError(name, findProblems(schema, data, issues)) }
  }

  function parse(data: unknown): unknown {
    return valueOf(check(data))
  }

  function validate(data: unknown): StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>> {
    let verdict: ModelVerdict<unknown> | Promise<ModelVerdict<unknown>>
    try {
      verdict = waits ? checkAsync(data) : checkOrWait(data)
    } catch (error) {
      if (!isAboutWaiting(error)) throw error
      verdict = checkAsync(data)
    }
    if (!(verdict instanceof Promise)) return toResult(verdict)
    waits = true
    return verdict.then(toResult)
  }
}

function isAboutWaiting(error: unknown): boolean {
  return error instanceof z.core.$ZodAsyncError || (error as Error | undefined)?.cause instanceof z.core.$ZodAsyncError
}

export function valueOf<Value>(verdict: ModelVerdict<Value>): Value {
  if (verdict.ok) return verdict.value
  throw verdict.error
}

function toResult(verdict: ModelVerdict<unknown>): StandardSchemaV1.Result<unknown> {
  if (verdict.ok) return { value: verdict.value }
  return {
    issues: verdict.error.problems.map(({ keys, message }) => ({ path: keys, message })),
  }
}
