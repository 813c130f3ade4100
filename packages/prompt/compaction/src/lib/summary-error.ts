import { EmpireError } from '@empire/errors'

/**
 * A summarizer that gave no summary. The context is as it was.
 *
 * - `summarizer_failed`: it threw; `cause` is what it threw, and `retryable` that of the cause
 * - `empty_summary`: its text was empty, or nothing but white space
 */
export class SummaryError extends EmpireError<'summarizer_failed' | 'empty_summary'> {}

/** The error for what a summarizer threw. */
export function summarizerFailed(cause: unknown): SummaryError {
  const reason = cause instanceof Error ? cause.message : 'it threw something that is no error'
  return new SummaryError('summarizer_failed', `The summarizer failed, and the context is as it was: ${reason}`, {
    cause,
    retryable: EmpireError.isInstance(cause) && cause.retryable,
  })
}

/** The error for an empty summary. */
export function emptySummary(messages: number): SummaryError {
  return new SummaryError(
    'empty_summary',
    `The summarizer gave an empty text for ${messages} messages, which would be lost. The context is as it was.`,
    { details: { messages }, retryable: true },
  )
}
