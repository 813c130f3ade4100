import type { Work } from './planned-step.ts'

/** Whether work, or undoing it, is tried again, timed, or held back. */
export function hasPolicies({ retry, timeout, breaker, resource, compensate }: Work): boolean {
  const all = [retry, timeout, breaker, resource, compensate?.retry, compensate?.timeout]
  return all.some((policy) => policy !== undefined)
}
