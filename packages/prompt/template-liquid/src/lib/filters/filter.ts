import type { ItemExpression, Run } from '../render/run.ts'
import type { VariableWalk } from '../render/variable-walk.ts'

/** A filter of the language or of the user. */
export interface Filter {
  /** How few and how many arguments it takes. */
  readonly least: number
  readonly most: number
  /** The arguments by name that it takes; nothing for any. */
  readonly names: readonly string[] | undefined
  /** What it makes of a value. It charges `run` for what it allocates, and counts its steps. */
  apply(
    run: Run,
    value: unknown,
    args: readonly unknown[],
    named: readonly (readonly [string, unknown])[],
    inner?: ItemExpression,
  ): unknown
  /** Whether its arguments are the name of an item and an expression, which `apply` gets as `inner` if it has been read. */
  readonly takesExpression?: boolean
}

/** An expression for items that tells its variables, less the item. */
export interface VisitableExpression extends ItemExpression {
  visit(walk: VariableWalk): void
}

/** The filters that templates may use. */
export interface FilterTable {
  readonly filters: ReadonlyMap<string, Filter>
  /** Whether one that is not among them is an error. */
  readonly isStrict: boolean
  /** Reads what a filter asks of each item, by the name that the item has in it. */
  readExpression(name: string, text: string): VisitableExpression
}

/** A filter of the language without arguments by name. */
export function filterOf(
  least: number,
  most: number,
  apply: (run: Run, value: unknown, ...args: unknown[]) => unknown,
): Filter {
  return { least, most, names: [], apply: (run, value, args) => apply(run, value, ...args) }
}
