import { z } from 'zod'

/** What a schema says at once. `what` names it in the message of the error for one that waits. */
export function parseNow(schema: z.ZodType, value: unknown, what: string): z.ZodSafeParseResult<unknown> {
  try {
    return schema.safeParse(value, { jitless: true })
  } catch (error) {
    if (!(error instanceof z.core.$ZodAsyncError)) throw error
    // oxlint-disable-next-line preserve-caught-error -- zod's error would be taken for that of a field that may wait
    throw new TypeError(`${what} must answer at once, got a promise.`)
  }
}
