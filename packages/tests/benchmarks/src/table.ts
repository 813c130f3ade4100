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
  const cells = table.rows.map((row) => table.columns.map((_, column) => renderCell(row[column] ?? '')))
  const columns = table.columns.map((head, column) => {
    const values = cells.map((row) => row[column] ?? '')
    const right = table.rows.length > 0 && table.rows.every((row) => typeof row[column] === 'number')
    const width = [head, ...values].reduce((widest, text) => Math.max(widest, text.length), 3)
    const pad = (text: string): string => (right ? text.padStart(width) : text.padEnd(width))
    const rule = right ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)
    return [pad(renderCell(head)), rule, ...values.map(pad)]
  })
  const lines = ['head', 'rule', ...cells].map(
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
