import type { Step } from './planned-step.ts'

interface Log {
  readonly steps: Step[]
  readonly positions: Map<string, number>
}

/**
 * An immutable list of steps with look-up by name.
 *
 * Lists that grow from one another share one log, so that appending costs the same at any length. Only a second
 * append to the same list copies.
 */
export class StepList {
  static readonly empty = new StepList({ steps: [], positions: new Map() }, 0)

  readonly length: number
  readonly #log: Log

  private constructor(log: Log, length: number) {
    this.#log = log
    this.length = length
  }

  position(name: string): number | undefined {
    const position = this.#log.positions.get(name)
    return position !== undefined && position < this.length ? position : undefined
  }

  append(step: Step): StepList {
    const isTip = this.#log.steps.length === this.length && this.length > 0
    const log = isTip ? this.#log : copy(this.toArray())
    log.positions.set(step.name, this.length)
    log.steps.push(step)
    return new StepList(log, this.length + 1)
  }

  toArray(): Step[] {
    return this.#log.steps.slice(0, this.length)
  }
}

function copy(steps: Step[]): Log {
  return { steps, positions: new Map(steps.map((step, position) => [step.name, position])) }
}
