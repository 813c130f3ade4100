import { compile, type CompiledSchema } from '@empire/schema/compile'
import type { z } from 'zod'

/** Values that are checked before code is generated, which costs more than a few checks: many models are made for one value. */
const interpretedChecks = 8

/** Gives the schema to check one value with: compiled once it has been asked for often enough. */
export function compileLater(schema: z.ZodType): () => CompiledSchema {
  let ready = compile(schema, { mode: 'interpreted' })
  let checks = 0
  return () => {
    if (checks <= interpretedChecks && ++checks > interpretedChecks) ready = compile(schema)
    return ready
  }
}
