import { compile, type Issue } from '@empire/schema/compile'
import { toJsonSchema } from '@empire/schema/json-schema'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { z } from 'zod'
import { compileLater } from './compile-later.ts'
import { findProblems } from './find-problems.ts'
import { InvalidModelError } from './invalid-model-error.ts'
import { isAboutWaiting } from './is-about-waiting.ts'
import type { BaseModel, ModelVerdict } from './model.ts'
import { expectSerializeOptions } from './serialize-options.ts'
import { writerOf } from './writer.ts'

/** What a model is made of. */
export interface ModelParts {
  readonly name: string
  readonly description: string | undefined
  readonly schema: z.ZodType
  /** A shorter way to the instance than by the schema; gives `undefined` where the schema has to say what is wrong. */
  readonly make?: (data: unknown) => unknown
}

/** The functions of a model. */
export function createModel({ name, description, schema, make }: ModelParts): BaseModel {
  const interpreted = compile(schema, { mode: 'interpreted' })
  // Where there is a shorter way, little is left for the schema: what is wrong has to be explained by the interpreter anyway.
  const ready = make === undefined ? compileLater(schema) : () => interpreted

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
    serialize(instance, options = everything) {
      if (options !== everything) expectSerializeOptions(options)
      return writerOf(schema)(instance, options)
    },
    toJsonSchema: (options) => toJsonSchema(schema, options),
  }
  return model

  function check(data: unknown): ModelVerdict<unknown> {
    const value = make?.(data)
    if (value !== undefined) return { ok: true, value }
    try {
      const verdict = ready().check(data)
      return verdict.ok ? verdict : refusal(data, verdict.issues)
    } catch (error) {
      if (!isAboutWaiting(error)) throw error
      // oxlint-disable-next-line preserve-caught-error -- zod's words name none of our functions
      throw new TypeError(`A field of ${name} waits for a promise. Use "checkAsync" or "parseAsync".`)
    }
  }

  async function checkAsync(data: unknown): Promise<ModelVerdict<unknown>> {
    const verdict = await interpreted.checkAsync(data)
    return verdict.ok ? verdict : refusal(data, verdict.issues)
  }

  function refusal(data: unknown, issues: readonly Issue[]): { readonly ok: false; readonly error: InvalidModelError } {
    return { ok: false, error: new InvalidModelError(name, findProblems(schema, data, issues)) }
  }

  function parse(data: unknown): unknown {
    return valueOf(check(data))
  }

  function validate(data: unknown): StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>> {
    const value = make?.(data)
    if (value !== undefined) return { value }
    const result = ready()['~standard'].validate(data)
    return result instanceof Promise ? result.then(explained) : explained(result)

    function explained(outcome: StandardSchemaV1.Result<unknown>): StandardSchemaV1.Result<unknown> {
      if (outcome.issues === undefined) return outcome
      const { error } = refusal(data, outcome.issues as readonly Issue[])
      return { issues: error.problems.map(({ keys, message }) => ({ path: keys, message })) }
    }
  }
}

const everything = {}

function valueOf<Value>(verdict: ModelVerdict<Value>): Value {
  if (verdict.ok) return verdict.value
  throw verdict.error
}
