import {
  evaluateFiltered,
  expressionsOf,
  type FilteredValue,
  parseFilteredValue,
} from '../expression/filtered-value.ts'
import type { VariableWalk } from '../free-variables.ts'
import type { Node } from '../render/node.ts'
import type { Run } from '../render/run.ts'
import { printValue } from '../values/print-value.ts'
import type { TemplateParser } from './template-parser.ts'
import type { TemplateToken } from './template-scanner.ts'

/** `{{ … }}`, and the tag `echo`. */
export class OutputNode implements Node {
  readonly at: number
  readonly isBlank = false
  readonly #value: FilteredValue | undefined

  constructor(token: TemplateToken, parser: TemplateParser) {
    this.at = token.begin
    const markup = parser.markupOf(token)
    this.#value = markup.kind === 'end' ? undefined : parseFilteredValue(markup, parser.filters)
  }

  render(run: Run): undefined {
    if (this.#value === undefined) return
    const value = evaluateFiltered(this.#value, run)
    run.write(this.#value.isRaw ? printValue(value) : printEscaped(value, run))
  }

  visit(walk: VariableWalk): void {
    if (this.#value === undefined) return
    for (const expression of expressionsOf(this.#value)) walk.reads(expression)
  }
}

/** The text that is printed for a value, made safe as the engine was told. */
export function printEscaped(value: unknown, run: Run): string {
  const { escape } = run.settings
  return escape === undefined ? printValue(value) : escape(value, run)
}
