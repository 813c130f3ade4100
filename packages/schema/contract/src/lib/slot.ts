import { describeValue } from '@empire/errors'
import { type ItemGate, checkAsyncItems, checkItems, isAsyncIterable, isIterable } from './check-items.ts'
import { type Checker, checkerOf, type Outcome } from './checker.ts'
import type { ContractIssue, ContractPart, GuiltyParty } from './contract-violation-error.ts'
import { deepFreeze } from './deep-freeze.ts'
import { isEach } from './each.ts'
import type { ValueSchema } from './schemas.ts'

/** What happens to violations in one call. */
export type Strictness = 'enforce' | 'observe' | 'unchecked'

/** One place of a signature that values pass through. */
export interface Slot {
  readonly party: GuiltyParty
  readonly part: ContractPart
  /** What the paths of its issues begin with. */
  readonly at: readonly number[]
  /** For a value, or for the items of an iterable. */
  readonly checker: Checker
  readonly holdsItems: boolean
  readonly freeze: boolean
}

/** What a slot needs of the call that it is looked at for. */
export interface ItemHandling {
  /** Gives the item that takes the place of a wrong one, or throws. */
  refuse(slot: Slot, item: unknown, issues: readonly ContractIssue[], strictness: Strictness): unknown
  judge(error: unknown): unknown
}

export function createSlot(
  schema: ValueSchema,
  place: { party: GuiltyParty; part: ContractPart; at: readonly number[]; freeze: boolean },
): Slot {
  const holdsItems = isEach(schema)
  return { ...place, holdsItems, checker: checkerOf(holdsItems ? schema.item : schema) }
}

/** Checks one value; an iterable is given back as one that checks its items. */
export function look(
  slot: Slot,
  value: unknown,
  strictness: Strictness,
  handling: ItemHandling,
): Outcome | Promise<Outcome> {
  return slot.holdsItems ? lookAtIterable(slot, value, strictness, handling) : lookAtValue(slot, value, strictness)
}

function lookAtValue(slot: Slot, value: unknown, strictness: Strictness): Outcome | Promise<Outcome> {
  const { checker, freeze } = slot
  if (strictness === 'unchecked' && !checker.changesValues) return { ok: true, value }
  if (!freeze) return checker.check(value)
  if (typeof value === 'object' && value !== null && checker.accepted.has(value)) return { ok: true, value }
  const outcome = checker.check(value)
  return outcome instanceof Promise ? outcome.then((later) => freezeIn(checker, later)) : freezeIn(checker, outcome)
}

function freezeIn(checker: Checker, outcome: Outcome): Outcome {
  if (!outcome.ok || typeof outcome.value !== 'object' || outcome.value === null) return outcome
  // What a transform has made is no input of the schema: another check may well refuse it.
  if (deepFreeze(outcome.value) && !checker.changesValues) checker.accepted.add(outcome.value)
  return outcome
}

function lookAtIterable(slot: Slot, value: unknown, strictness: Strictness, handling: ItemHandling): Outcome {
  const gate: ItemGate = {
    judge: handling.judge,
    admit(item, index) {
      const settle = (outcome: Outcome): unknown =>
        outcome.ok
          ? outcome.value
          : handling.refuse(slot, item, prefixPaths([...slot.at, index], outcome.issues), strictness)
      const outcome = lookAtValue(slot, item, strictness)
      return outcome instanceof Promise ? outcome.then(settle) : settle(outcome)
    },
  }
  if (isAsyncIterable(value)) return { ok: true, value: checkAsyncItems(value, gate) }
  if (isIterable(value)) return { ok: true, value: checkItems(value, gate) }
  const message = `Expected an iterable or async iterable, received ${describeValue(value)}.`
  return { ok: false, issues: [{ path: [], message }] }
}

export function prefixPaths(at: readonly number[], issues: readonly ContractIssue[]): readonly ContractIssue[] {
  return at.length === 0 ? issues : issues.map(({ path, message }) => ({ path: [...at, ...path], message }))
}
