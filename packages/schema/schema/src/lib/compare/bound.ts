/** One end of a range of numbers. */
export interface Bound {
  readonly value: number
  readonly exclusive: boolean
}

/** The one of two lower bounds that admits less. */
export function higherBound(left: Bound, right: Bound): Bound {
  if (left.value === right.value) return left.exclusive ? left : right
  return left.value > right.value ? left : right
}

/** The one of two upper bounds that admits less. */
export function lowerBound(left: Bound, right: Bound): Bound {
  if (left.value === right.value) return left.exclusive ? left : right
  return left.value < right.value ? left : right
}
