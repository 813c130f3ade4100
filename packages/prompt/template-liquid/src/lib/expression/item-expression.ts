import type { FilterTable, VisitableExpression } from '../filters/filter.ts'
import { Markup } from '../parse/markup.ts'
import { type Condition, holds, parseTerms } from './condition.ts'
import { evaluateLeniently } from './expression.ts'
import { applyFilters, type FilterCall, parseFilters, visitFilters } from './filtered-value.ts'

/**
 * Reads what filters like `where_exp` ask of each item of a list: `item.year > 2000`, `item.name | downcase`.
 *
 * @param name What the item is called in it. @param text The expression. Places of failures are those in it.
 */
export function readItemExpression(name: string, text: string, table: FilterTable): VisitableExpression {
  const { condition, filters } = read(text, table)
  const [first] = condition.terms
  const isValue = condition.terms.length === 1 && first?.operator === undefined && first?.isNegated !== true
  return {
    evaluateFor(run, task) {
      const frame = new Map<string, unknown>()
      const valueOf = (item: unknown): unknown => {
        run.step()
        frame.set(name, item ?? null)
        // What is not defined is nil: this asks for it.
        const value = isValue && first !== undefined ? evaluateLeniently(first.left, run) : holds(condition, run)
        return applyFilters(value, filters, run)
      }
      return run.deeper(() => run.scope.within(frame, () => task(valueOf)))
    },
    visit(walk) {
      walk.within([name], () => {
        for (const { left, right } of condition.terms) {
          walk.reads(left)
          if (right !== undefined) walk.reads(right)
        }
        visitFilters(filters, walk)
      })
    },
  }
}

function read(text: string, table: FilterTable): { condition: Condition; filters: readonly FilterCall[] } {
  const markup = new Markup(text, 0)
  const condition = parseTerms(markup)
  const filters = parseFilters(markup, table)
  markup.expectEnd()
  return { condition, filters }
}
