import { evaluateFiltered, type FilteredValue, visitFiltered } from '../expression/filtered-value.ts'
import type { VariableWalk } from '../render/variable-walk.ts'
import type { Node } from '../render/node.ts'
import type { Run } from '../render/run.ts'
import { printValue } from '../values/print-value.ts'

/** `{{ … }}`, and the tag `echo`. */
export class OutputNode implements Node {
  readonly at: number
  readonly isBlank = false
  readonly #value: FilteredValue | undefined

  /** @param value Nothing for `{{ }}`, which prints nothing. */
  constructor(at: number, value: FilteredValue | undefined) {
    this.at = at
    this.#value = value
  }

  render(run: Run): undefined {
    if (this.#value === undefined) return
    const value = evaluateFiltered(this.#value, run)
    run.write(this.#value.isRaw ? printValue(value, run) : printEscaped(value, run))
  }

  visit(walk: VariableWalk): void {
    if (this.#value === undefined) return
    visitFiltered(this.#value, walk)
  }
}

/** The text that is printed for a value, made safe as the engine was told. */
export function printEscaped(value: unknown, run: Run): string {
  const { escape } = run.settings
  return escape === undefined ? printValue(value, run) : escape(value, run)
}
