/** A cell: what it says, and from where to where it stands in the text, with its quotes. */
export interface CsvCell {
  readonly value: string
  readonly start: number
  readonly end: number
}

/** A row, and where the next one starts. */
export interface CsvRow {
  readonly cells: readonly CsvCell[]
  readonly next: number
}

const quote = 0x22
const feed = 0x0a
const carriage = 0x0d

/**
 * The row that starts at an index: as RFC 4180 has it, with lines that end in any way, and quotes that mean themselves where
 * they cannot enclose a cell. Of the last text of a table, `undefined` for a quote that is not closed; else for a row that may go on in
 * the next text.
 */
export function readCsvRow(text: string, from: number, delimiter: string, last: boolean): CsvRow | undefined {
  const cells: CsvCell[] = []
  for (let start = from; ;) {
    const cell =
      text.charCodeAt(start) === quote ? quotedCell(text, start, delimiter) : plainCell(text, start, delimiter)
    if (cell === undefined || (cell.end === text.length && !last)) return undefined
    const { end } = cell
    cells.push(cell)
    if (text.startsWith(delimiter, end)) {
      start = end + delimiter.length
      continue
    }
    if (text.charCodeAt(end) !== carriage) return { cells, next: Math.min(end + 1, text.length) }
    if (end + 1 === text.length && !last) return undefined
    return { cells, next: text.charCodeAt(end + 1) === feed ? end + 2 : end + 1 }
  }
}

function plainCell(text: string, start: number, delimiter: string): CsvCell {
  const end = endOfPlain(text, start, delimiter)
  return { value: text.slice(start, end), start, end }
}

function quotedCell(text: string, start: number, delimiter: string): CsvCell | undefined {
  let close = text.indexOf('"', start + 1)
  let doubled = false
  while (close >= 0 && text.charCodeAt(close + 1) === quote) {
    doubled = true
    close = text.indexOf('"', close + 2)
  }
  if (close < 0) return undefined
  const end = endOfPlain(text, close + 1, delimiter)
  if (end > close + 1) return { value: text.slice(start, end), start, end }
  const value = text.slice(start + 1, close)
  return { value: doubled ? value.replaceAll('""', '"') : value, start, end }
}

/** Where a cell ends of which nothing is quoted from an index on. */
function endOfPlain(text: string, from: number, delimiter: string): number {
  const first = delimiter.charCodeAt(0)
  for (let index = from; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === feed || unit === carriage) return index
    if (unit === first && (delimiter.length === 1 || text.startsWith(delimiter, index))) return index
  }
  return text.length
}
