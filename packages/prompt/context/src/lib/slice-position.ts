import { describeValue } from '@empire/errors'

/** An index as `Array.prototype.slice` takes it, counted from the start and within the list. */
export function slicePosition(index: number, length: number): number {
  if (!Number.isInteger(index)) throw new TypeError(`Expected an integer as position, got ${describeValue(index)}.`)
  return index < 0 ? Math.max(length + index, 0) : Math.min(index, length)
}
