import type { Difference } from './change-reason.ts'
import type { Conjunction } from './node.ts'

/** Something that an inner schema admits and an outer one does not. */
export interface Finding {
  readonly difference: Difference
  /** The values in question: `numbers below 3`. */
  readonly values: string
  /** The way from the value to the part in question. */
  readonly step: readonly (string | number)[]
  /** The schemas of that part, if they can say more. */
  readonly deeper?: { readonly inner: Conjunction; readonly outer: Conjunction }
}

export function finding(difference: Difference, values: string, step: readonly (string | number)[] = []): Finding {
  return { difference, values, step }
}
