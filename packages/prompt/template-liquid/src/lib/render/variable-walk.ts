import type { Expression } from '../expression/expression.ts'

/** What the parts of a template tell their variables to. */
export interface VariableWalk {
  /** A value is taken. */
  reads(expression: Expression): void
  /** A name is set, from here on. */
  binds(name: string): void
  /** Names that are set as long as `task` runs. */
  within(names: readonly string[], task: () => void): void
  /**
   * Parts of which only some are rendered. What they set is set behind them if each of them sets it, and one is always
   * rendered.
   */
  branches(tasks: readonly (() => void)[], isOneRendered: boolean): void
  /** Another template is included, to which these names are given; an isolated one sees no others. */
  includes(path: string, at: number, names: readonly string[], isIsolated: boolean): void
}
