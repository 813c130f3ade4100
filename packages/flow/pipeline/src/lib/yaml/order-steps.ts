/** A step and the steps that it needs, by position. */
export interface OrderedStep {
  readonly needs: readonly number[]
}

/**
 * Positions of the steps, each after those that it needs, else in the order of the text; or a circle: each needs the next, and the last
 * is the first.
 */
export function orderSteps(steps: readonly OrderedStep[]): { order: number[] } | { circle: number[] } {
  const order: number[] = []
  const state = steps.map(() => 'new' as 'new' | 'open' | 'done')
  for (const start of steps.keys()) {
    // Not a recursion: a chain in the wrong order may be of any length.
    const path = state[start] === 'new' ? [{ step: start, next: 0 }] : []
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      state[top.step] = 'open'
      const need = steps[top.step]?.needs[top.next++]
      if (need === undefined) {
        state[top.step] = 'done'
        order.push(top.step)
        path.pop()
      } else if (state[need] === 'open') {
        const begin = path.findIndex(({ step }) => step === need)
        return { circle: [...path.slice(begin).map(({ step }) => step), need] }
      } else if (state[need] === 'new') path.push({ step: need, next: 0 })
    }
  }
  return { order }
}
