import { z } from 'zod'

/** Whether an error says that a schema waits for a promise where it has to answer at once. */
export function isAboutWaiting(error: unknown): boolean {
  return error instanceof z.core.$ZodAsyncError || (error as Error | undefined)?.cause instanceof z.core.$ZodAsyncError
}
