import { describeValue } from '@empire/errors'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/** Refuses what is no Standard Schema. `what` is the parameter's name in the message. */
export function expectSchema(value: unknown, what: string): asserts value is StandardSchemaV1 {
  if (isSchema(value)) return
  throw new TypeError(`${what} must be a Standard Schema (zod, Valibot, ArkType, …), got ${describeValue(value)}.`)
}

function isSchema(value: unknown): value is StandardSchemaV1 {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  const standard: unknown = (value as Partial<StandardSchemaV1>)['~standard']
  return typeof (standard as Partial<StandardSchemaV1.Props> | undefined)?.validate === 'function'
}
