import type { Clock } from '@empire/clock'
import { createLimiter, type Limiter } from '@empire/resilience'
import type { Plan, PlannedStep } from './planned-step.ts'
import { sharedLimiter } from './shared-limiter.ts'

/** The limiters that a unit of work of a step has to pass, from the nearest to the one it shares with most. */
export type Limiters = ReadonlyMap<PlannedStep, readonly Limiter[]>

/** Those of one run: of its pipelines, which are its own, and of resources, which are the process's. */
export function limitersOf(plan: Plan, clock: Clock): Limiters {
  const found = new Map<PlannedStep, Limiter[]>()
  // Limits first: a step that only names a resource may come before the one that says its limit.
  const named: [Limiter[], string][] = []
  const plans: { plan: Plan; above: readonly Limiter[] }[] = [{ plan, above: [] }]
  for (const { plan: each, above } of plans) {
    const own =
      each.concurrency === Infinity ? above : [createLimiter({ concurrency: each.concurrency, clock }), ...above]
    for (const step of each.steps) {
      if (step.kind === 'pipeline') plans.push({ plan: step.innerPlan, above: own })
      const resource = step.kind === 'pipeline' ? undefined : step.work.resource
      if (own.length === 0 && resource === undefined) continue
      const list = [...own]
      found.set(step, list)
      if (resource?.limit !== undefined) list.push(sharedLimiter(resource.resource, resource.limit, clock))
      else if (resource !== undefined) named.push([list, resource.resource])
    }
  }
  for (const [list, resource] of named) list.push(sharedLimiter(resource, undefined, clock))
  return found
}
