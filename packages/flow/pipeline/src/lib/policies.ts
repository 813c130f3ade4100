import type { Clock } from '@empire/clock'
import {
  type Breaker,
  createBreaker,
  createRetryBudget,
  type FailedAttempt,
  type Limiter,
  retry,
} from '@empire/resilience'
import { callInTime } from './call-in-time.ts'
import { limitersOf } from './limiters-of.ts'
import type { Plan, PlannedStep } from './planned-step.ts'
import type { StepRetry } from './work-options.ts'

/** What holds the work of a plan back: its own limiters, and the limiters and breakers that it shares with the process. */
export interface Guards {
  readonly limiters: ReadonlyMap<PlannedStep, readonly Limiter[]>
  readonly breakers: ReadonlyMap<PlannedStep, Breaker>
}

/** @throws {TypeError} When what is said of a breaker or a resource is not what another step has said. */
function guardsOf(plan: Plan, clock: Clock): Guards {
  return { limiters: limitersOf(plan, clock), breakers: breakersOf(plan, clock) }
}

/** Those that say how they are come first: a step that only names a breaker gets the one of the others. */
function breakersOf(plan: Plan, clock: Clock): Map<PlannedStep, Breaker> {
  const guarded = stepsOf(plan).flatMap((step) => {
    const breaker = step.kind === 'pipeline' ? undefined : step.work.breaker
    return breaker === undefined ? [] : [{ step, breaker }]
  })
  guarded.sort((a, b) => Object.keys(b.breaker).length - Object.keys(a.breaker).length)
  return new Map(guarded.map(({ step, breaker }) => [step, createBreaker({ ...breaker, clock })]))
}

function stepsOf(plan: Plan): PlannedStep[] {
  const plans = [plan]
  for (const { steps } of plans) for (const step of steps) if (step.kind === 'pipeline') plans.push(step.innerPlan)
  return plans.flatMap(({ steps }) => steps)
}

interface Repetition {
  readonly run: { readonly clock: Clock; readonly random: () => number }
  readonly signal: AbortSignal
  readonly onRetry: (failed: FailedAttempt) => void
}

/** Attempts a step, in the budget of what surrounds the run, if there is one. */
function attemptStep(
  attempt: (number: number) => Promise<unknown>,
  options: StepRetry,
  { run: { clock, random }, signal, onRetry }: Repetition,
): Promise<unknown> {
  return retry((next) => attempt(next.attempt), { ...options, signal, clock, random, onRetry })
}

/** Attempts to undo, in a budget of its own: what surrounds the run may have used up what it shares. */
function attemptUndo(
  attempt: (number: number) => Promise<unknown>,
  options: StepRetry,
  repetition: Repetition,
): Promise<unknown> {
  const budget = options.budget ?? createRetryBudget({ retries: (options.attempts ?? 3) - 1 })
  return attemptStep(attempt, { ...options, budget }, repetition)
}

/** Calls once all limiters have a place, which are passed in their order: the last, which is shared by most, is held shortest. */
function admit<Value>(limiters: readonly Limiter[], signal: AbortSignal, call: () => Promise<Value>): Promise<Value> {
  let admitted = call
  for (const limiter of limiters.toReversed()) {
    const inner = admitted
    admitted = () => limiter.run(inner, { signal })
  }
  return admitted()
}

/** What tries again, times and holds back. */
export const policies = { admit, attemptStep, attemptUndo, callInTime, guardsOf }

export type Policies = typeof policies
