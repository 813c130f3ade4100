import { checkAsyncItems, checkItems, type ItemGate, isAsyncIterable, isIterable } from './check-items.ts'
import type { Outcome } from './checker.ts'
import type { ContractDefinition } from './contract-definition.ts'
import { type ContractIssue, toContractIssues } from './contract-issue.ts'
import type { ContractMode } from './contract-mode.ts'
import { createErrorJudge } from './create-error-judge.ts'
import type { Ledger } from './create-ledger.ts'
import { isPromiseLike } from './is-promise-like.ts'
import type { ValueSchema } from './schemas.ts'
import { createSlot, look, refuseNoIterable, type Slot, type Strictness } from './slot.ts'

/** How the calls of a contract are kept to it. */
export interface Keeping {
  readonly mode: ContractMode
  readonly freeze: boolean
  readonly random: () => number
  readonly ledger: Ledger
}

type Run = (this: unknown, ...args: unknown[]) => unknown

/** Wraps a function in the checks of its contract. */
export function implementContract(definition: ContractDefinition, keeping: Keeping, run: Run): Run {
  const { name, input, output, errors } = definition
  const { mode, freeze, random, ledger } = keeping
  const isList = Array.isArray(input)
  const schemas = (input === undefined ? [] : isList ? input : [input]) as readonly ValueSchema[]
  const inputs = schemas.map((schema, index) =>
    createSlot(schema, { part: 'input', at: isList ? [index] : [], freeze }),
  )
  const result = output && createSlot(output, { part: 'output', at: [], freeze })
  const judgeError = errors && createErrorJudge(errors)

  return function checked(...args) {
    const strictness = strictnessOf(mode, random)
    ledger.call(strictness !== 'unchecked')
    const waiting = admitArguments(args, strictness)
    return waiting === undefined ? perform(this, args, strictness) : waiting.then(() => perform(this, args, strictness))
  }

  /** Puts what the schemas give in the place of the arguments; a promise if one of them takes its time. */
  function admitArguments(args: unknown[], strictness: Strictness): Promise<void> | undefined {
    let wrong: ContractIssue[][] | undefined
    let waiting: Promise<ContractIssue[]>[] | undefined
    try {
      for (let index = 0; index < inputs.length; index++) {
        const outcome = lookAt(inputs[index] as Slot, args[index], strictness, args)
        if (outcome instanceof Promise) (waiting ??= []).push(outcome.then((later) => place(args, index, later)))
        else if (outcome.issues !== undefined) (wrong ??= []).push(place(args, index, outcome))
        // What is left out and stays so makes the list of arguments no longer.
        else if (index < args.length || outcome.value !== undefined) args[index] = outcome.value
      }
    } catch (error) {
      // Nobody waits for the others any more.
      for (const other of waiting ?? []) other.catch(() => undefined)
      throw error
    }
    if (waiting !== undefined) {
      return Promise.all(waiting).then((issues) =>
        refuse('input', [...(wrong ?? []), ...issues].flat(), args, strictness),
      )
    }
    if (wrong !== undefined) refuse('input', wrong.flat(), args, strictness)
    return undefined
  }

  function place(args: unknown[], index: number, outcome: Outcome): ContractIssue[] {
    if (outcome.issues !== undefined) return toContractIssues(outcome.issues, isList ? [index] : [])
    if (index < args.length || outcome.value !== undefined) args[index] = outcome.value
    return []
  }

  function perform(self: unknown, args: unknown[], strictness: Strictness): unknown {
    let returned: unknown
    let isLater: boolean
    try {
      // Twice as fast as `apply` for the usual one argument.
      returned = args.length === 1 ? run.call(self, args[0]) : run.apply(self, args)
      // What nobody has to look at stays what it is: a promise of another make, with more methods than `then`.
      isLater = (result !== undefined || judgeError !== undefined) && isPromiseLike(returned)
    } catch (error) {
      throw judge(error, args, strictness)
    }
    if (!isLater) return admitResult(returned, args, strictness)
    return Promise.resolve(returned).then(
      (value) => admitResult(value, args, strictness),
      (error: unknown) => {
        throw judge(error, args, strictness)
      },
    )
  }

  function admitResult(value: unknown, args: unknown[], strictness: Strictness): unknown {
    if (result === undefined) return value
    const outcome = lookAt(result, value, strictness, args)
    if (outcome instanceof Promise) return outcome.then((later) => settle(result, value, later, args, strictness))
    return settle(result, value, outcome, args, strictness)
  }

  function lookAt(slot: Slot, value: unknown, strictness: Strictness, args: unknown[]): Outcome | Promise<Outcome> {
    if (!slot.holdsItems) return look(slot, value, strictness)
    const gate: ItemGate = {
      judge: (error) => judge(error, args, strictness),
      admit(item, index) {
        const outcome = look(slot, item, strictness)
        if (outcome instanceof Promise)
          return outcome.then((later) => settle(slot, item, later, args, strictness, index))
        return settle(slot, item, outcome, args, strictness, index)
      },
    }
    if (isAsyncIterable(value)) return { value: checkAsyncItems(value, gate) }
    return isIterable(value) ? { value: checkItems(value, gate) } : refuseNoIterable(value)
  }

  /** What passes a slot in the end; throws where that is nothing. */
  function settle(
    slot: Slot,
    value: unknown,
    outcome: Outcome,
    args: unknown[],
    strictness: Strictness,
    index?: number,
  ): unknown {
    if (outcome.issues === undefined) return outcome.value
    const at = index === undefined ? slot.at : [...slot.at, index]
    refuse(slot.part, toContractIssues(outcome.issues, at), args, strictness)
    return value
  }

  /** Gives the error to throw: the function's own, or a violation. */
  function judge(error: unknown, args: unknown[], strictness: Strictness): unknown {
    if (judgeError === undefined || strictness === 'unchecked') return error
    if (ledger.isOf(error, args) || args.some((argument) => isAbortReason(error, argument))) return error
    const issues = judgeError(error)
    if (issues.length === 0) return error
    const violation = { contract: name, party: 'callee', part: 'errors', issues } as const
    const told = ledger.violation(violation, args, strictness, { cause: error })
    return strictness === 'enforce' ? told : error
  }

  function refuse(
    part: 'input' | 'output',
    issues: readonly ContractIssue[],
    args: unknown[],
    strictness: Strictness,
  ): void {
    if (issues.length === 0 || strictness === 'unchecked') return
    const party = part === 'input' ? 'caller' : 'callee'
    const told = ledger.violation({ contract: name, party, part, issues }, args, strictness)
    if (strictness === 'enforce') throw told
  }
}

function strictnessOf(mode: ContractMode, random: () => number): Strictness {
  if (typeof mode === 'string') return mode
  return random() < mode.rate ? mode.mode : 'unchecked'
}

/**
 * Whether an argument is an aborted signal, or options with one, whose reason is this error. Functions of Node throw an
 * `AbortError` that has the reason as its cause.
 */
function isAbortReason(error: unknown, argument: unknown): boolean {
  if (typeof argument !== 'object' || argument === null) return false
  try {
    const { signal = argument } = argument as { signal?: unknown }
    if (!(signal instanceof AbortSignal) || !signal.aborted) return false
    return (
      signal.reason === error ||
      (error instanceof Error && error.name === 'AbortError' && error.cause === signal.reason)
    )
  } catch {
    // What throws when it is read tells nothing of the error.
    return false
  }
}
