import type { Verdict } from '@empire/schema'
import type { z } from 'zod'
import { compileLater } from './compile-later.ts'
import { isAboutWaiting } from './is-about-waiting.ts'

/** Makes a check that answers at once. `what` names the schema in the error for one that waits. */
export function createCheckNow(schema: z.ZodType, what: string): (value: unknown) => Verdict {
  const compiled = compileLater(schema)
  return (value) => {
    try {
      return compiled().check(value)
    } catch (error) {
      if (!isAboutWaiting(error)) throw error
      // oxlint-disable-next-line preserve-caught-error -- zod's error would be taken for that of a field that may wait
      throw new TypeError(`${what} must answer at once, got a promise.`)
    }
  }
}
