import * as z from 'zod'
import { isAboutDepth, isAboutStack, tooDeepIssue } from './too-deep.ts'

type Payload = z.core.ParsePayload

/** Runs a schema over values. Nothing is thrown for how deep a value is: that is an issue. */
export interface SchemaRun {
  /** What comes out at once where it can; a promise where the schema waits for one. */
  readonly now: (value: unknown) => Payload | Promise<Payload>
  /** The same, as a schema that waits is run from the start. */
  readonly later: (value: unknown) => Promise<Payload>
  /** Whether the schema has been seen to wait, or is known to. */
  readonly waits: () => boolean
}

/** @param fast What runs generated code first, or the schema itself. */
export function createSchemaRun(schema: z.core.$ZodType, fast: z.core.$ZodType, isKnownToWait: boolean): SchemaRun {
  let waits = isKnownToWait
  let isTried = false

  function now(value: unknown): Payload | Promise<Payload> {
    // Generated code forgets the promises that it gets: the schema itself says first whether there are any.
    if (waits || !isTried) return carefully(value)
    try {
      return fast._zod.run({ value, issues: [] }, { async: false })
    } catch (error) {
      if (isAboutDepth(error, value)) return tooDeep(value)
      // zod's own code for objects trips over a transform that answers with a promise, in a TypeError.
      if (error instanceof z.core.$ZodAsyncError || error instanceof TypeError) return carefully(value)
      // The code for a schema that is nested very deeply may be too deep itself to be read, which shows when it first runs.
      if (isAboutStack(error)) return carefully(value)
      throw error
    }
  }

  /** Told nothing of waiting, zod hands on the promises that it gets. */
  function carefully(value: unknown): Payload | Promise<Payload> {
    isTried = true
    try {
      const payload = schema._zod.run({ value, issues: [] }, {})
      if (payload instanceof Promise) waits = true
      return payload
    } catch (error) {
      if (isAboutDepth(error, value)) return tooDeep(value)
      if (!(error instanceof z.core.$ZodAsyncError)) throw error
      waits = true
      return later(value)
    }
  }

  async function later(value: unknown): Promise<Payload> {
    try {
      return await schema._zod.run({ value, issues: [] }, { async: true })
    } catch (error) {
      if (isAboutDepth(error, value)) return tooDeep(value)
      throw error
    }
  }

  return { now, later, waits: () => waits }
}

function tooDeep(value: unknown): Payload {
  return { value, issues: [tooDeepIssue as unknown as z.core.$ZodRawIssue] }
}
