import type { LossNote } from '../schema-loss.ts'

/** Code that takes part in judging a value, and that two schemas share only if it is the very same. */
export interface CodeStep extends LossNote {
  /** What makes it the same. */
  readonly token: string
  /** True if later steps see another value than the one that came in. */
  readonly changes: boolean
}

/** Whether what passes the code of `inner` is known to pass that of `outer`, if the rest of both says so. */
export function stepsAgree(inner: readonly CodeStep[], outer: readonly CodeStep[]): boolean {
  if (inner.length === outer.length && inner.every((step, index) => isSame(step, outer[index] as CodeStep))) return true
  // The form of the inner schema admits too much rather than too little, and that of the outer one too little.
  if (inner.every(({ effect }) => effect === 'wider') && outer.every(({ effect }) => effect === 'narrower')) return true
  if ([...inner, ...outer].some(({ changes }) => changes)) return false
  const has = (steps: readonly CodeStep[], step: CodeStep): boolean => steps.some((other) => isSame(step, other))
  return (
    outer.every((step) => step.effect === 'narrower' || has(inner, step)) &&
    inner.every((step) => step.effect === 'wider' || has(outer, step))
  )
}

function isSame(left: CodeStep, right: CodeStep): boolean {
  return left.keyword === right.keyword && left.token === right.token
}

/** Steps that may accept a property that is missing, although the form requires it. */
const making: ReadonlySet<string> = new Set(['catch', 'preprocess'])

export function mayMakeValue({ keyword }: CodeStep): boolean {
  return making.has(keyword)
}
