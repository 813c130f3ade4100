/** A place in a text, both numbers counted from 1; columns in UTF-16 units, as editors do. */
export interface TemplatePosition {
  readonly line: number
  readonly column: number
}

/** How many characters of a line an excerpt shows on each side of the caret. */
const reach = 60

/** The place of the character at `offset`. Lines end with `\n`. */
export function positionAt(source: string, offset: number): TemplatePosition {
  const end = Math.min(Math.max(offset, 0), source.length)
  let line = 1
  let start = 0
  for (let next = source.indexOf('\n'); next !== -1 && next < end; next = source.indexOf('\n', start)) {
    line++
    start = next + 1
  }
  return { line, column: end - start + 1 }
}

/** The line around `offset`, cut where it is long, and below it a caret under the character. */
export function excerptAt(source: string, offset: number): string {
  const end = Math.min(Math.max(offset, 0), source.length)
  const lineStart = end === 0 ? 0 : source.lastIndexOf('\n', end - 1) + 1
  const newline = source.indexOf('\n', end)
  const lineEnd = newline === -1 ? source.length : newline
  const from = Math.max(lineStart, end - reach)
  const to = Math.min(lineEnd, end + reach)
  const before = (from > lineStart ? '…' : '') + source.slice(from, end)
  const after = source.slice(end, to).replace(/\r$/, '') + (to < lineEnd ? '…' : '')
  return `  ${visible(before + after)}\n  ${visible(before).replaceAll(/[^\t]/g, ' ')}^`
}

/** Control characters would break the caret line, or the terminal that shows it. */
function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F]/g, '\uFFFD')
}
