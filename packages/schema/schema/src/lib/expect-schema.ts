import { describeValue } from '@empire/errors'
import type * as z from 'zod'

/** Throws a `TypeError` unless the value is a schema of zod 4. */
export function expectSchema(name: string, value: unknown): asserts value is z.core.$ZodType {
  if (isSchema(value)) return
  const came = isOldSchema(value) ? 'a schema of zod 3' : describeValue(value)
  throw new TypeError(`"${name}" must be a schema of zod 4, got ${came}.`)
}

export function isSchema(value: unknown): value is z.core.$ZodType {
  const internals = (value as { _zod?: { def?: unknown; run?: unknown } } | null | undefined)?._zod
  return typeof internals === 'object' && typeof internals.run === 'function'
}

function isOldSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '_def' in value
}
