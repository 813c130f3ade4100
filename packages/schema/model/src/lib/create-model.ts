import { compile, type CompiledSchema, toJsonSchema } from '@empire/schema'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import { findProblems } from './find-problems.ts'
import { InvalidModelError } from './invalid-model-error.ts'
import type { BaseModel, ModelVerdict } from './model.ts'
import { sentence } from './model-problem.ts'
import { writerOf } from './writer.ts'

/** Checks before the schema is compiled: many models are made for one value, and compiling costs more than a few checks. */
const interpretedChecks = 8

/** The functions of a model, from its schema. */
export function createModel(name: string, description: string | undefined, schema: z.ZodType): BaseModel {
  let compiled: CompiledSchema | undefined
  let interpreted = 0

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
    if (compiled === undefined && interpreted < interpretedChecks) {
      interpreted++
      const result = interpret(data)
      return result.success ? { ok: true, value: result.data } : refusal(data, result.error.issues)
    }
    compiled ??= compile(schema)
    const verdict = compiled.check(data)
    return verdict.ok ? verdict : refusal(data, verdict.issues as readonly z.core.$ZodIssue[])
  }

  function interpret(data: unknown): z.ZodSafeParseResult<unknown> {
    try {
      return schema.safeParse(data, { jitless: true })
    } catch (error) {
      if (!(error instanceof z.core.$ZodAsyncError)) throw error
      throw new TypeError(`A field of ${name} waits for a promise. Use "checkAsync" or "parseAsync".`, { cause: error })
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
    try {
      return toResult(check(data))
    } catch (error) {
      if (!(error instanceof z.core.$ZodAsyncError || (error as Error).cause instanceof z.core.$ZodAsyncError))
        throw error
      return checkAsync(data).then(toResult)
    }
  }
}

export function valueOf<Value>(verdict: ModelVerdict<Value>): Value {
  if (verdict.ok) return verdict.value
  throw verdict.error
}

function toResult(verdict: ModelVerdict<unknown>): StandardSchemaV1.Result<unknown> {
  if (verdict.ok) return { value: verdict.value }
  return {
    issues: verdict.error.problems.map(({ keys, expected, received, suggestion }) => ({
      path: keys,
      message: `${sentence(expected, received)}${suggestion === undefined ? '' : ` Did you mean ${JSON.stringify(suggestion)}?`}`,
    })),
  }
}
