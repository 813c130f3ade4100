import type { Branch } from './branch.ts'

/** The state after one more item, which is the `index`th of the list that ends on `branch`. */
export type Step<Item, State> = (state: State, item: Item, index: number, branch: Branch<Item>) => State

/**
 * What the items of lists add up to. Each item is added once for all lists that share it and what is before it, when a list is
 * first asked for.
 */
export class BranchFold<Item, State> {
  readonly #empty: State
  /** For each branch, at `i`: the state after its first `start + i` items. */
  readonly #states = new WeakMap<Branch<Item>, State[]>()

  /** @param empty The state of a list without items. */
  constructor(empty: State) {
    this.#empty = empty
  }

  /** The state after the first `length` items of a branch. What `step` throws leaves all as it was. */
  at(branch: Branch<Item>, length: number, step: Step<Item, State>): State {
    const chain: Branch<Item>[] = []
    for (let part: Branch<Item> | undefined = branch; part !== undefined; part = part.parent) {
      if (length < part.start) continue
      chain.push(part)
      if (this.#states.has(part)) break
    }
    let state = this.#empty
    for (let index = chain.length - 1; index >= 0; index--) {
      const part = chain[index] as Branch<Item>
      const end = chain[index - 1]?.start ?? length
      state = this.#advance(part, end - part.start, state, step)
    }
    return state
  }

  #advance(branch: Branch<Item>, count: number, base: State, step: Step<Item, State>): State {
    let states = this.#states.get(branch)
    if (states === undefined) this.#states.set(branch, (states = [base]))
    for (let done = states.length - 1; done < count; done++) {
      const item = branch.items[done] as Item
      states.push(step(states[done] as State, item, branch.start + done, branch))
    }
    return states[count] as State
  }
}
