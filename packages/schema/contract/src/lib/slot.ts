import { describeValue } from '@empire/errors'
import { type Checker, checkerOf, type Outcome } from './checker.ts'
import { deepFreeze } from './deep-freeze.ts'
import { isEach } from './each.ts'
import type { ValueSchema } from './schemas.ts'

/** What happens to violations in one call. */
export type Strictness = 'enforce' | 'observe' | 'unchecked'

/** One place of a signature that values pass through. */
export interface Slot {
  readonly part: 'input' | 'output'
  /** What the paths of its issues begin with. */
  readonly at: readonly number[]
  /** For a value, or for the items of an iterable. */
  readonly checker: Checker
  readonly holdsItems: boolean
  readonly freeze: boolean
}

export function createSlot(schema: ValueSchema, place: Pick<Slot, 'part' | 'at' | 'freeze'>): Slot {
  const holdsItems = isEach(schema)
  return { ...place, holdsItems, checker: checkerOf(holdsItems ? schema.item : schema) }
}

/** Checks a value, or an item. */
export function look(slot: Slot, value: unknown, strictness: Strictness): Outcome | Promise<Outcome> {
  const { checker, freeze } = slot
  if (strictness === 'unchecked' && !checker.changesValues) return { value }
  if (!freeze) return checker.check(value)
  if (typeof value === 'object' && value !== null && checker.accepted.has(value)) return { value }
  const outcome = checker.check(value)
  return outcome instanceof Promise ? outcome.then((later) => freezeIn(checker, later)) : freezeIn(checker, outcome)
}

function freezeIn(checker: Checker, outcome: Outcome): Outcome {
  if (outcome.issues !== undefined || typeof outcome.value !== 'object' || outcome.value === null) return outcome
  // What a transform has made is no input of the schema: another check may well refuse it.
  if (deepFreeze(outcome.value) && !checker.changesValues) checker.accepted.add(outcome.value)
  return outcome
}

/** What a slot for items says of a value that has none. */
export function refuseNoIterable(value: unknown): Outcome {
  return { issues: [{ message: `Expected an iterable or async iterable, received ${describeValue(value)}.` }] }
}
