/** What a benchmark reports: one row per candidate or size. */
export interface Table {
  title: string
  /** Column heads; say the unit here: `index, s`. */
  columns: string[]
  /** Numbers are rounded to three digits and aligned right; strings are printed as they are. */
  rows: (string | number)[][]
  /** Printed under the table, one paragraph each. */
  notes?: string[] | undefined
}

/** The table in Markdown, with columns aligned for reading as plain text. */
export function renderTable(table: Table): string {
  const columns = table.columns.map((head, column) => {
    const values = table.rows.map((row) => row[column] ?? '')
    const right = values.length > 0 && values.every((value) => typeof value === 'number')
    const cells = [head, ...values].map(renderCell)
    const width = cells.reduce((widest, cell) => Math.max(widest, cell.length), 3)
    const [top = '', ...rest] = cells.map((cell) => (right ? cell.padStart(width) : cell.padEnd(width)))
    return [top, right ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width), ...rest]
  })
  const lines = Array.from(
    { length: table.rows.length + 2 },
    (_, line) => `| ${columns.map((column) => column[line] ?? '').join(' | ')} |`,
  )
  return [`### ${table.title}`, lines.join('\n'), ...(table.notes ?? [])].join('\n\n')
}

function renderCell(value: string | number): string {
  const text = typeof value === 'number' ? renderNumber(value) : value
  return text.replaceAll('|', String.raw`\|`).replaceAll(/\s*\n\s*/g, ' ')
}

function renderNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return value.toLocaleString(
    'en-US',
    Math.abs(value) < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 },
  )
}
