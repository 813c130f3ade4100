import type { CsvRow } from './csv-row.ts'
import { headingTitle } from './heading-title.ts'
import type { Locator, Place } from './locator.ts'
import type { RenderedText } from './rendered-text.ts'

/** The columns of a table, as its rows come in. */
export class CsvTable {
  #names: readonly string[] | undefined
  /** What stands before the cells of each column. */
  readonly #labels: string[] = []
  /** Where the row of names stands, as long as none has come after it. */
  #alone: { readonly start: Place; readonly end: Place } | undefined

  constructor(header: boolean | readonly string[]) {
    if (header !== true) this.#names = (header || []).map(headingTitle)
  }

  /** Writes a row as lines of `column: cell`, unless it has the names of the columns. */
  add({ cells }: CsvRow, rendered: RenderedText, locator: Locator): void {
    if (this.#names === undefined) {
      this.#names = cells.map(({ value }) => headingTitle(value))
      this.#alone = { start: locator.start(cells[0]!.start), end: locator.end(cells.at(-1)!.end) }
      return
    }
    this.#alone = undefined
    rendered.startBlock()
    for (let column = 0; column < cells.length; column++) {
      const { value, start, end } = cells[column]!
      if (value === '') continue
      rendered.startLine()
      this.#labels[column] ??= `${this.#nameOf(column)}: `
      rendered.write(this.#labels[column]!, value, locator.start(start), locator.end(end))
    }
    rendered.endBlock()
  }

  /** Writes the names, if nothing has come after them. */
  end(rendered: RenderedText): void {
    if (this.#alone === undefined) return
    rendered.startBlock()
    const names = this.#names!.map((_name, column) => this.#nameOf(column))
    rendered.write('', names.join('\n'), this.#alone.start, this.#alone.end)
    rendered.endBlock()
  }

  #nameOf(column: number): string {
    return this.#names![column] || `column ${column + 1}`
  }
}
