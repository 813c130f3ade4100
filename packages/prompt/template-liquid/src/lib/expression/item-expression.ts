import type { FilterTable } from '../filters/filter.ts'
import { Markup } from '../parse/markup.ts'
import { LiquidFailure, syntaxFailure } from '../render/liquid-failure.ts'
import type { Run } from '../render/run.ts'
import type { VariableWalk } from '../render/variable-walk.ts'
import { type Condition, holds, parseTerms } from './condition.ts'
import { evaluateLeniently, type Expression } from './expression.ts'
import { applyFilters, type FilterCall, parseFilters, visitFilters } from './filtered-value.ts'

/** What filters like `where_exp` ask of each item of a list: `item.year > 2000`, `item.name | downcase`. */
export interface ItemExpression {
  /** What the item is called in it. */
  readonly name: string
  readonly condition: Condition
  readonly filters: readonly FilterCall[]
}

/** Reads the text of such an expression, in which places are those of the text: it fails without one. */
export function parseItemExpression(name: string, text: string, table: FilterTable): ItemExpression {
  try {
    const markup = new Markup(text, 0)
    const condition = parseTerms(markup)
    const filters = parseFilters(markup, table)
    markup.expectEnd()
    return { name, condition, filters }
  } catch (error) {
    if (!(error instanceof LiquidFailure)) throw error
    const { code, message, details } = error
    throw new LiquidFailure(code, `In ${JSON.stringify(text)}: ${message}`, { details })
  }
}

/** The expression in the arguments of a filter, as far as reading the template can tell; fails at the place of the filter. */
export function literalItemExpression(
  args: readonly Expression[],
  table: FilterTable,
  at: number,
): ItemExpression | undefined {
  const [name, text] = args.map((arg) => (arg.type === 'literal' ? arg.value : undefined))
  if (typeof name !== 'string' || typeof text !== 'string') return undefined
  try {
    return parseItemExpression(name, text, table)
  } catch (error) {
    if (!(error instanceof LiquidFailure) || error.code !== 'template_syntax') throw error
    throw syntaxFailure(error.message, at)
  }
}

/** The value of the expression for each item that is asked for. What is not defined is nil: this asks for it. */
export function evaluateForItems<Result>(
  { name, condition, filters }: ItemExpression,
  run: Run,
  task: (valueOf: (item: unknown) => unknown) => Result,
): Result {
  const frame = new Map<string, unknown>()
  const [first] = condition.terms
  const isPlain = condition.terms.length === 1 && first?.operator === undefined && first?.isNegated !== true
  return run.deeper(() =>
    run.scope.within(frame, () =>
      task((item) => {
        run.step()
        frame.set(name, item ?? null)
        const value = isPlain && first !== undefined ? evaluateLeniently(first.left, run) : holds(condition, run)
        return applyFilters(value, filters, run)
      }),
    ),
  )
}

/** Tells the variables in it that are not the item. */
export function visitItemExpression({ name, condition, filters }: ItemExpression, walk: VariableWalk): void {
  walk.within([name], () => {
    for (const { left, right } of condition.terms) {
      walk.reads(left)
      if (right !== undefined) walk.reads(right)
    }
    visitFilters(filters, walk)
  })
}
