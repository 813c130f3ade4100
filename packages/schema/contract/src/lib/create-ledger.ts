import { describeValue } from '@empire/errors'
import { contractEvents } from './contract-events.ts'
import type { ContractOptions } from './contract-options.ts'
import { type ContractViolation, ContractViolationError, type GuiltyParty } from './contract-violation-error.ts'
import { isPromiseLike } from './is-promise-like.ts'

/** What a contract has seen since it was made. */
export interface ContractCounts {
  readonly calls: number
  /** Calls that were checked; all of them unless the mode is a sample. */
  readonly checked: number
  /** Violations by the guilty party. One call can have several: each item of an iterable counts. */
  readonly violations: Readonly<Record<GuiltyParty, number>>
}

/** Counts what happens at one contract, and tells it. */
export interface Ledger {
  counts(): ContractCounts
  call(checked: boolean): void
  /** Gives the error of a violation, counted and told. `call` stands for the call. */
  violation(
    violation: ContractViolation,
    call: object,
    mode: 'enforce' | 'observe',
    options?: { cause: unknown },
  ): ContractViolationError
  /** Whether an error is a violation by this call, and not by another one of the same contract. */
  isOf(error: unknown, call: object): boolean
}

export function createLedger(contract: string, onViolation?: ContractOptions['onViolation']): Ledger {
  let calls = 0
  let unchecked = 0
  const violations = { caller: 0, callee: 0 }
  const callOf = new WeakMap<object, object>()
  return {
    counts: () => ({ calls, checked: calls - unchecked, violations: { ...violations } }),
    call(checked) {
      calls++
      if (!checked) unchecked++
      if (contractEvents.call.hasSubscribers) contractEvents.call.publish({ contract, checked: checked ? 'yes' : 'no' })
    },
    violation(violation, call, mode, options) {
      const { party, part, issues } = violation
      violations[party]++
      const error = new ContractViolationError(violation, options)
      callOf.set(error, call)
      contractEvents.violation.publish({
        contract,
        party,
        part,
        outcome: mode === 'enforce' ? 'thrown' : 'passed',
        issues: issues.length,
        error,
      })
      const told = onViolation?.(error)
      if (isPromiseLike(told)) Promise.resolve(told).catch(warn)
      return error
    },
    isOf: (error, call) => typeof error === 'object' && error !== null && callOf.get(error) === call,
  }
}

/** Nobody waits for a report: its failure must not end the process, nor go unheard. */
function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : `An error was expected, got ${describeValue(error)}.`)
}
