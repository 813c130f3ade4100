import type { Clock } from '@empire/clock'
import { type Breaker, BreakerOpenError, withTimeout } from '@empire/resilience'

/** What a model answered, and what that cost, in the unit of whoever counts. */
export type RepairAnswer = string | { readonly text: string; readonly cost?: number | undefined }

/** Asks a model. */
export type AskForRepair = (prompt: string, signal: AbortSignal) => RepairAnswer | PromiseLike<RepairAnswer>

/** How a call ended. */
export type Asked =
  | { readonly outcome: 'answered'; readonly text: string; readonly cost: number }
  | { readonly outcome: 'failed' | 'refused'; readonly error: unknown; readonly cost: number }

/** Asks once, behind the breaker and within the time. An abort of `signal` is thrown on, everything else is an outcome. */
export async function askForRepair(
  ask: AskForRepair,
  prompt: string,
  { breaker, timeout, signal, clock }: AskOptions,
): Promise<Asked> {
  try {
    const answer = await breaker.run(
      () => withTimeout(async (context) => answered(await ask(prompt, context.signal)), timeout, { signal, clock }),
      { signal },
    )
    return { outcome: 'answered', ...answer }
  } catch (error) {
    signal?.throwIfAborted()
    return { outcome: error instanceof BreakerOpenError ? 'refused' : 'failed', error, cost: 0 }
  }
}

export interface AskOptions {
  readonly breaker: Breaker
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  readonly clock: Clock | undefined
}

function answered(answer: RepairAnswer): { text: string; cost: number } {
  const { text, cost = 0 } =
    typeof answer === 'string' ? { text: answer } : ((answer as Partial<typeof answer> | null | undefined) ?? {})
  if (typeof text !== 'string' || typeof cost !== 'number' || !(cost >= 0))
    throw new TypeError('Expected "ask" to give a string, or { text, cost } with a cost of at least 0.')
  return { text, cost }
}
