import { contractEvents } from './contract-events.ts'
import { type ContractViolation, ContractViolationError, type GuiltyParty } from './contract-violation-error.ts'

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

export function createLedger(contract: string, onViolation?: (violation: ContractViolationError) => void): Ledger {
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
      onViolation?.(error)
      return error
    },
    isOf: (error, call) => typeof error === 'object' && error !== null && callOf.get(error) === call,
  }
}
