import * as z from 'zod'
import { compile } from './compile.ts'
import { isSchema, expectSchema } from './expect-schema.ts'
import type { Validator } from './validator.ts'
import type { Verdict } from './verdict.ts'

/** Checks a value, and waits only for schemas that wait. */
export type ItemCheck = (value: unknown) => Verdict | Promise<Verdict>

/** A check by a schema of zod or by what is compiled already. */
export function createItemCheck(schema: z.core.$ZodType | Pick<Validator, 'check'>): ItemCheck {
  const { check, checkAsync } = validatorOf(schema)
  let waits = false

  return (value) => {
    if (waits && checkAsync !== undefined) return checkAsync(value)
    try {
      return check(value)
    } catch (error) {
      if (checkAsync !== undefined && isAboutWaiting(error)) {
        waits = true
        return checkAsync(value)
      }
      throw error
    }
  }
}

interface Checks extends Pick<Validator, 'check'> {
  readonly checkAsync?: (value: unknown) => Promise<Verdict>
}

function validatorOf(schema: z.core.$ZodType | Checks): Checks {
  if (isSchema(schema)) return compile(schema)
  if (typeof (schema as Partial<Checks> | null | undefined)?.check === 'function') return schema
  expectSchema('schema', schema)
  return compile(schema)
}

function isAboutWaiting(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof z.core.$ZodAsyncError
}
