import * as z from 'zod'
import { findDeviation } from './find-deviation.ts'

/** A schema whose runs try generated code first, or the schema itself and why there is no such code. */
export interface FastPath<Schema> {
  readonly fast: Schema
  readonly reason: string | undefined
}

/** zod's compiled form of the schema, where there is one that gives the results of the schema. */
export function compileFastPath<Schema extends z.core.$ZodType>(schema: Schema): FastPath<Schema> {
  if (z.config().jitless === true) return { fast: schema, reason: 'zod is configured as jitless' }
  if (!z.core.util.allowsEval.value) return { fast: schema, reason: 'code generation from strings is forbidden here' }
  try {
    const fast = z.core.compile(schema, { strict: true })
    const deviation = findDeviation(schema)
    return deviation === undefined ? { fast, reason: undefined } : { fast: schema, reason: deviation }
  } catch (error) {
    return { fast: schema, reason: reasonOf(error) }
  }
}

/** Why there is no code for a schema with a check or a transform that is an async function. */
export const waitsForPromises = 'the schema waits for promises'

function reasonOf(error: unknown): string {
  if (error instanceof z.core.ZodCompileAsyncError) return waitsForPromises
  // The rest of zod's sentence says that the interpreter is used instead.
  return error instanceof Error ? error.message.replace(/; this schema .*/s, '') : String(error)
}
