import { byteLength } from './byte-length.ts'
import { countLines } from './count-lines.ts'
import { headingTitle } from './heading-title.ts'
import type { Place } from './locator.ts'
import type { RenderedText } from './rendered-text.ts'
import type { SourceStretch } from './source-window.ts'

/** Takes the rows of a table, the header among them. */
export interface CsvRows {
  add(cells: readonly string[], source: SourceStretch): void
  end(): void
}

/** Writes each row of a table as lines of `column: cell`. */
export function csvRows(rendered: RenderedText, header: boolean | readonly string[]): CsvRows {
  let names: readonly string[] | undefined = header === true ? undefined : header === false ? [] : header
  /** The row of names, as long as none has come after it. */
  let alone: SourceStretch | undefined

  const nameOf = (column: number): string => headingTitle(names?.[column] ?? '') || `column ${column + 1}`

  return {
    add(cells, source) {
      if (names === undefined) {
        names = cells
        alone = source
        return
      }
      alone = undefined
      rendered.startBlock()
      const places = cellPlaces(cells, source)
      const last = cells.findLastIndex((cell) => cell !== '')
      for (const [column, cell] of cells.entries()) {
        const { start, end } = places[column]!
        if (cell === '') continue
        rendered.startLine()
        rendered.write(`${nameOf(column)}: ${cell}`, start, column === last ? source.end : end)
      }
      rendered.endBlock()
    },
    end() {
      if (alone === undefined) return
      rendered.startBlock()
      rendered.write(names!.map((_name, column) => nameOf(column)).join('\n'), alone.start, alone.end)
      rendered.endBlock()
    },
  }
}

/** Where the cells of a row stood: sought one after the other in its source. */
function cellPlaces(
  cells: readonly string[],
  { text, start, end, encoding }: SourceStretch,
): { start: Place; end: Place }[] {
  let { line, byte } = start
  let at = 0
  let lost = false

  function moveTo(index: number): Place {
    const part = text.slice(at, index)
    line += countLines(part)
    byte += byteLength(part, encoding)
    at = index
    return { line, byte }
  }

  return cells.map((cell, column) => {
    const written = cell.replaceAll('"', '""')
    let found = lost ? -1 : text.indexOf(written, at)
    if (found < 0 && !lost) found = text.indexOf(cell, at)
    // Not as it is usually written: the rest is known to be in the row, no better. Sought further, it would take long.
    lost ||= found < 0
    if (lost) return { start: { line, byte }, end }
    const from = column === 0 && found <= 1 ? start : moveTo(found)
    return { start: from, end: moveTo(found + (text.startsWith(written, found) ? written.length : cell.length)) }
  })
}
