import { describeValue, expectKnownKeys } from '@empire/errors'
import { detectDelimiter } from './csv-delimiter.ts'
import { readCsvRow } from './csv-row.ts'
import { CsvTable } from './csv-table.ts'
import type { DocumentPart } from './document.ts'
import { holdMore, holdRest, nothingHeld } from './held-text.ts'
import { IngestError } from './ingest-error.ts'
import { createLocator } from './locator.ts'
import type { Parser, ParserContent, ParserOptions } from './parser.ts'
import { partEncoding } from './part-encoding.ts'
import { partSize, recordBlock } from './part-size.ts'
import { readText } from './read-text.ts'
import { RenderedText } from './rendered-text.ts'

/** How `csvParser` reads. */
export interface CsvParserOptions {
  /** What parts the cells. Default: a tab for tab-separated values, else the commonest of `,`, `;`, tab and `|` in the first line. */
  readonly delimiter?: string | undefined
  /** Whether the first row names the columns, or their names. Columns without a name are `column 1` and so on. Default: `true`. */
  readonly header?: boolean | readonly string[] | undefined
}

const mediaTypes = ['text/csv', 'text/tab-separated-values']
const longestRow = 16 * 1024 * 1024

/**
 * Reads comma-separated values of any size, row by row: each row is a block of lines `column: cell`, without the cells
 * that are empty. Cells may be quoted and hold line breaks; a quote that cannot enclose its cell means itself.
 *
 * Throws `IngestError` (`malformed`) for a quote that is not closed, and for a row over 16 Mi characters.
 */
export function csvParser(options: CsvParserOptions = {}): Parser {
  expectKnownKeys('"options"', options, ['delimiter', 'header'])
  const { delimiter, header = true } = options
  if (delimiter !== undefined && (typeof delimiter !== 'string' || delimiter === '' || /["\r\n]/.test(delimiter))) {
    throw new TypeError(
      `Expected "delimiter" to be a text without quotes and line breaks, got ${describeValue(delimiter)}.`,
    )
  }
  if (typeof header !== 'boolean' && (!Array.isArray(header) || header.some((name) => typeof name !== 'string'))) {
    throw new TypeError(`Expected "header" to be a boolean or a list of names, got ${describeValue(header)}.`)
  }
  return Object.freeze({
    mediaTypes,
    fingerprint: `csv/2 delimiter=${JSON.stringify(delimiter ?? 'auto')} header=${JSON.stringify(header)}`,
    parse: ({ path }, content, parserOptions = {}) => parseRows(path, content, { delimiter, header }, parserOptions),
  } satisfies Parser)
}

async function* parseRows(
  path: string,
  content: ParserContent,
  { delimiter, header }: { delimiter: string | undefined; header: boolean | readonly string[] },
  { signal }: ParserOptions,
): AsyncGenerator<DocumentPart, void, undefined> {
  const tabs = content.mediaType.toLowerCase().startsWith('text/tab-separated-values')
  const table = new CsvTable(header)
  let separator = delimiter ?? (tabs ? '\t' : undefined)
  /** From the start of a row on. */
  let held = nothingHeld
  let wanted = 0

  function* takeRows(last: boolean): Generator<DocumentPart, void, undefined> {
    const { text } = held
    const encoding = partEncoding(held)
    const rendered = new RenderedText(held.encoding)
    const locator = createLocator(held)
    separator ??= detectDelimiter(text)
    let at = 0
    while (at < text.length) {
      const row = readCsvRow(text, at, separator, last)
      if (row === undefined) break
      if (row.cells.length > 1 || row.cells[0]!.end > at) table.add(row, rendered, locator)
      at = row.next
      if (rendered.length >= partSize) yield { ...rendered.takePart()!, ...encoding }
    }
    if (last && at === text.length) table.end(rendered)
    const part = rendered.takePart()
    if (part !== undefined) yield { ...part, ...encoding }
    held = holdRest(held, at, locator)
    // Of a row that goes on, the next time twice as much is looked at: linear.
    wanted = 2 * held.text.length
    if (held.text === '') return
    const where = `in the row that starts at line ${held.anchors[0]!.line}`
    if (last) {
      const advice = 'Close it, or double it if it is part of the text.'
      throw new IngestError('malformed', path, `a quote ${where} is not closed. ${advice}`)
    }
    if (held.text.length > longestRow) {
      const reason = `more than ${longestRow} characters ${where}: a quote that is not closed?`
      throw new IngestError('malformed', path, reason)
    }
  }

  for await (const block of readText(path, content, { end: 'line', blockSize: recordBlock, signal })) {
    held = holdMore(held, block)
    if (held.text.length >= wanted) yield* takeRows(false)
  }
  yield* takeRows(true)
}
