import { isRetryable } from '@empire/resilience'
import type { IngestStep } from './dead-letter.ts'
import { IngestError } from './ingest-error.ts'
import { messageOf } from './message-of.ts'

const failures = {
  read: ['unreadable', 'cannot be read'],
  parse: ['parser_failed', 'the parser failed'],
  chunk: ['chunker_failed', 'the chunker failed'],
  write: ['sink_failed', 'the sink refused it'],
  remove: ['sink_failed', 'the sink did not remove it'],
} as const satisfies Record<IngestStep, readonly [code: string, what: string]>

/** The error of an item for whatever a step of it threw. */
export function stepError(step: IngestStep, path: string, error: unknown): IngestError {
  if (error instanceof IngestError) return error
  const [code, what] = failures[step]
  return new IngestError(code, path, `${what}: ${messageOf(error)}`, { cause: error, retryable: isRetryable(error) })
}
