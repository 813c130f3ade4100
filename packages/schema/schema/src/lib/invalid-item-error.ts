import { EmpireError } from '@empire/errors'
import { describeIssues } from './describe-issues.ts'
import type { Issue } from './issue.ts'

/** The first invalid item of a stream that stops there. */
export class InvalidItemError extends EmpireError<'invalid_item'> {
  /** Which item, from 0. */
  readonly index: number
  /** Where the item begins, in bytes from the start of the source; `undefined` for values. */
  readonly offset: number | undefined
  readonly issues: readonly Issue[]

  constructor(place: { index: number; offset: number | undefined }, issues: readonly Issue[], value: unknown) {
    const { index, offset } = place
    const where = offset === undefined ? '' : ` (byte ${offset})`
    super('invalid_item', `Item ${index}${where} is invalid:\n${describeIssues(issues.slice(0, 50), value)}`, {
      details: offset === undefined ? { index } : { index, offset },
    })
    this.index = index
    this.offset = offset
    this.issues = issues
  }
}
