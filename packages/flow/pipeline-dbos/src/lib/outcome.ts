import { reviveReason, type RunResult, storeReason, type StoredReason } from '@empire/pipeline'

/** What a run gave or threw, as JSON. */
export type Outcome =
  | { readonly type: 'result'; readonly result: RunResult<Record<string, unknown>> }
  | { readonly type: 'error'; readonly error: StoredError }

/** What was thrown, and why. */
interface StoredError {
  readonly reason: StoredReason
  readonly cause?: StoredError
}

/** Nobody needs more to see what happened, and an error may be its own cause. */
const deepestCause = 8

/** What was thrown as JSON, with its causes. */
export function storeFailure(thrown: unknown): Outcome {
  const causes: unknown[] = []
  for (let next = thrown; next !== undefined && causes.length < deepestCause;) {
    causes.push(next)
    next = causeOf(next)
  }
  const error = causes.reduceRight<StoredError | undefined>(
    (cause, reason) => ({ reason: storeReason(reason), ...(cause !== undefined && { cause }) }),
    undefined,
  )
  return { type: 'error', error: error ?? { reason: storeReason(thrown) } }
}

/** Of an error. That of a step may throw when it is asked, and the run has an outcome all the same. */
function causeOf(thrown: unknown): unknown {
  try {
    return thrown instanceof Error ? thrown.cause : undefined
  } catch {
    return undefined
  }
}

/** The result, or throws a copy of what was thrown: with the same code, message and details. */
export function settle(outcome: Outcome): RunResult<Record<string, unknown>> {
  if (outcome.type === 'error') throw reviveError(outcome.error)
  const { result } = outcome
  const outputs = Object.fromEntries(result.steps.map(({ name }) => [name, result.outputs[name]]))
  return { ...result, outputs }
}

function reviveError(stored: StoredError): unknown {
  const chain: StoredError[] = []
  for (let next: StoredError | undefined = stored; next !== undefined; next = next.cause) chain.push(next)
  return chain.reduceRight<unknown>((cause, { reason }) => {
    const error = reviveReason(reason)
    // The same as that of an error which was made with a cause.
    if (error instanceof Error && cause !== undefined) {
      Object.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true })
    }
    return error
  }, undefined)
}
