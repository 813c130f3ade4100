import type { Outcome } from './checker.ts'
import type { ContractDefinition } from './contract.ts'
import type { ContractMode } from './contract-mode.ts'
import type { ContractIssue } from './contract-violation-error.ts'
import { createErrorJudge } from './create-error-judge.ts'
import type { Ledger } from './create-ledger.ts'
import type { ValueSchema } from './schemas.ts'
import { createSlot, type ItemHandling, look, prefixPaths, type Slot, type Strictness } from './slot.ts'

/** How the calls of a contract are kept to it. */
export interface Keeping {
  readonly mode: ContractMode
  readonly freeze: boolean
  readonly random: () => number
  readonly ledger: Ledger
}

type Place = Pick<Slot, 'party' | 'part' | 'at'>
type Run = (this: unknown, ...args: unknown[]) => unknown

/** Wraps a function in the checks of its contract. */
export function implementContract(definition: ContractDefinition, keeping: Keeping, run: Run): Run {
  const { name, input, output, errors } = definition
  const { mode, freeze, random, ledger } = keeping
  const one = !Array.isArray(input)
  const schemas = (input === undefined ? [] : one ? [input] : input) as readonly ValueSchema[]
  const inputs = schemas.map((schema, index) =>
    createSlot(schema, { party: 'caller', part: 'input', at: one ? [] : [index], freeze }),
  )
  const result = output && createSlot(output, { party: 'callee', part: 'output', at: [], freeze })
  const judgeError = errors && createErrorJudge(errors)

  return function checked(...args) {
    const strictness = strictnessOf(mode, random)
    ledger.call(strictness !== 'unchecked')
    const handling: ItemHandling = { refuse, judge: (error) => judge(error, args, strictness) }
    const ready = admitArguments(args, strictness, handling)
    if (ready === undefined) return perform(this, args, strictness, handling)
    return ready.then(() => perform(this, args, strictness, handling))
  }

  /** Puts what the schemas give in the place of the arguments; a promise if one of them takes its time. */
  function admitArguments(args: unknown[], strictness: Strictness, handling: ItemHandling): Promise<void> | undefined {
    const outcomes = inputs.map((slot, index) => look(slot, args[index], strictness, handling))
    if (outcomes.some((outcome) => outcome instanceof Promise)) {
      return Promise.all(outcomes).then((settled) => admitOutcomes(args, settled, strictness))
    }
    admitOutcomes(args, outcomes as readonly Outcome[], strictness)
    return undefined
  }

  function admitOutcomes(args: unknown[], outcomes: readonly Outcome[], strictness: Strictness): void {
    const issues: ContractIssue[] = []
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.ok) args[index] = outcome.value
      else issues.push(...prefixPaths(one ? [] : [index], outcome.issues))
    }
    if (issues.length > 0) refuse({ party: 'caller', part: 'input', at: [] }, undefined, issues, strictness)
  }

  function perform(self: unknown, args: unknown[], strictness: Strictness, handling: ItemHandling): unknown {
    let returned: unknown
    try {
      returned = run.apply(self, args)
    } catch (error) {
      throw judge(error, args, strictness)
    }
    if (!isPromiseLike(returned)) return admitResult(returned, strictness, handling)
    return Promise.resolve(returned).then(
      (value) => admitResult(value, strictness, handling),
      (error: unknown) => {
        throw judge(error, args, strictness)
      },
    )
  }

  function admitResult(value: unknown, strictness: Strictness, handling: ItemHandling): unknown {
    if (result === undefined) return value
    const outcome = look(result, value, strictness, handling)
    const settle = (settled: Outcome): unknown =>
      settled.ok ? settled.value : refuse(result, value, settled.issues, strictness)
    return outcome instanceof Promise ? outcome.then(settle) : settle(outcome)
  }

  /** Gives the error to throw: the function's own, or a violation. */
  function judge(error: unknown, args: readonly unknown[], strictness: Strictness): unknown {
    if (judgeError === undefined || strictness === 'unchecked') return error
    if (ledger.isOwn(error) || args.some((argument) => isAbortReason(error, argument))) return error
    const issues = judgeError(error)
    if (issues.length === 0) return error
    const violation = { contract: name, party: 'callee', part: 'errors', issues } as const
    if (strictness === 'enforce') return ledger.violation(violation, 'thrown', { cause: error })
    ledger.violation(violation, 'passed', { cause: error })
    return error
  }

  function refuse(place: Place, value: unknown, issues: readonly ContractIssue[], strictness: Strictness): unknown {
    if (strictness === 'unchecked') return value
    const violation = { contract: name, party: place.party, part: place.part, issues }
    if (strictness === 'enforce') throw ledger.violation(violation, 'thrown')
    ledger.violation(violation, 'passed')
    return value
  }
}

function strictnessOf(mode: ContractMode, random: () => number): Strictness {
  if (typeof mode === 'string') return mode
  return random() < mode.rate ? mode.then : 'unchecked'
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
  )
}

/** Whether an argument is an aborted signal, or options with one, whose reason is this error. */
function isAbortReason(error: unknown, argument: unknown): boolean {
  const { signal = argument } = (typeof argument === 'object' && argument !== null ? argument : {}) as { signal?: unknown }
  return signal instanceof AbortSignal && signal.aborted && signal.reason === error
}
