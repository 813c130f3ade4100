import type { Interrupt } from './interrupt.ts'
import type { Run } from './run.ts'
import type { VariableWalk } from './variable-walk.ts'

/** A part of a template that has been parsed. */
export interface Node {
  /** Where it begins in the template. */
  readonly at: number
  /** Whether it prints nothing but white space, so that a block that holds only such prints nothing at all. */
  readonly isBlank: boolean
  /** Prints it. */
  render(run: Run): Interrupt
  /** Tells the variables that it takes and sets, in the order in which rendering meets them. */
  visit(walk: VariableWalk): void
}

/** The parts between the tags of a block. */
export interface Body {
  readonly nodes: readonly Node[]
  readonly isBlank: boolean
}

/** Prints all parts, up to an interrupt. */
export function renderBody({ nodes }: Body, run: Run): Interrupt {
  for (const node of nodes) {
    run.at = node.at
    run.step()
    const interrupt = node.render(run)
    if (interrupt !== undefined) return interrupt
  }
  return undefined
}

/** Tells the variables of all parts. */
export function visitBody({ nodes }: Body, walk: VariableWalk): void {
  for (const node of nodes) node.visit(walk)
}
