import { createRetryBudget, retry } from '@empire/resilience'
import type { IngestStep } from './dead-letter.ts'
import { FirstFailure } from './first-failure.ts'
import type { IngestError } from './ingest-error.ts'
import type { IngestSettings } from './ingest-settings.ts'

/** A task that failed for good. */
export interface StepFailure {
  readonly step: IngestStep
  readonly error: IngestError
  /** How often it was tried. */
  readonly attempts: number
}

/** An attempt that failed and will be followed by another. */
export interface FailedStep {
  readonly step: IngestStep
  readonly attempt: number
  readonly delay: number
  readonly error: unknown
}

/** A content that could not be parsed or cut will not be better the next time. */
const mayBeRetried: ReadonlySet<IngestStep> = new Set<IngestStep>(['read', 'write', 'remove'])

/**
 * Runs a task that tells a `FirstFailure` what goes wrong, again if that may help.
 *
 * Rejects with `signal.reason`, and with whatever the task threw without telling.
 */
export async function retryStep<Value>(
  settings: IngestSettings,
  task: (failure: FirstFailure, attempt: number) => Promise<Value>,
  onRetry: (failed: FailedStep) => void,
): Promise<{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failed: StepFailure }> {
  const { signal, clock, random, retry: options } = settings
  let failure = new FirstFailure()
  let attempts = 0
  try {
    const value = await retry(
      async ({ attempt }) => {
        failure = new FirstFailure()
        attempts = attempt
        try {
          return await task(failure, attempt)
        } catch (error) {
          throw reasonOf(failure.found?.error) ?? error
        }
      },
      {
        ...options,
        signal,
        clock,
        random,
        // Of its own: a run may be part of something that is itself tried again.
        budget: createRetryBudget({ retries: options.attempts - 1 }),
        isRetryable: () => failure.found?.error.retryable === true && mayBeRetried.has(failure.found.step),
        onRetry: ({ attempt, error, delay }) => onRetry({ step: failure.found!.step, attempt, delay, error }),
      },
    )
    return { ok: true, value }
  } catch (error) {
    signal?.throwIfAborted()
    if (failure.found === undefined) throw error
    return { ok: false, failed: { ...failure.found, attempts } }
  }
}

/** What says how long to wait: what the source or sink threw, with its headers, unless it was put into our own words. */
function reasonOf(error: IngestError | undefined): unknown {
  return error?.details['retryAfter'] === undefined ? (error?.cause ?? error) : error
}
