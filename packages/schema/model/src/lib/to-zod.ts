import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'

/** A schema of zod that does what a field's schema does: zod's own, a model's, a compiled one's, or any Standard Schema. */
export function toZod(schema: unknown, what: string): z.ZodType {
  if (isZod(schema)) return schema
  const inner = (schema as { readonly schema?: unknown } | null | undefined)?.schema
  if (isZod(inner)) return inner
  if (isStandard(schema)) return wrapStandard(schema)
  throw new TypeError(`${what} must be a schema (zod, a model, any Standard Schema), got ${describeValue(schema)}.`)
}

function isZod(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

function isStandard(value: unknown): value is StandardSchemaV1 {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return typeof (value as Partial<StandardSchemaV1>)['~standard']?.validate === 'function'
}

function wrapStandard(schema: StandardSchemaV1): z.ZodType {
  return z.unknown().transform((value, context) => {
    const result = schema['~standard'].validate(value)
    if (!isPromiseLike(result)) return settle(result)
    const later = Promise.resolve(result).then(settle)
    // zod drops the promise where it may not wait, and is asked again.
    later.catch(() => undefined)
    return later

    function settle(settled: StandardSchemaV1.Result<unknown>): unknown {
      if (settled.issues === undefined) return settled.value
      for (const { message, path = [] } of settled.issues) {
        const keys = path.map((segment) => (typeof segment === 'object' ? segment.key : segment))
        context.addIssue({ code: 'custom', message, path: keys })
      }
      return z.NEVER
    }
  })
}

/** Not only a promise of this realm: what is not seen to be one would pass as a result. */
function isPromiseLike<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof (value as Partial<PromiseLike<Value>> | undefined)?.then === 'function'
}
