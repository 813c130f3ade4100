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
import type { TextBlock } from './text-decoding.ts'

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
  const rows = new CsvRows(path, header, delimiter ?? (tabs ? '\t' : undefined))
  for await (const block of readText(path, content, { end: 'line', blockSize: recordBlock, signal })) {
    rows.hold(block)
    if (rows.ready) yield* rows.take(false)
  }
  yield* rows.take(true)
}

/** The rows of a text that comes block by block. */
class CsvRows {
  readonly #path: string
  readonly #table: CsvTable
  #separator: string | undefined
  /** From the start of a row on. */
  #held = nothingHeld
  #wanted = 0

  constructor(path: string, header: boolean | readonly string[], separator: string | undefined) {
    this.#path = path
    this.#table = new CsvTable(header)
    this.#separator = separator
  }

  /** Whether there is enough for another row. */
  get ready(): boolean {
    return this.#held.text.length >= this.#wanted
  }

  hold(block: TextBlock): void {
    this.#held = holdMore(this.#held, block)
  }

  *take(last: boolean): Generator<DocumentPart, void, undefined> {
    const held = this.#held
    const { text } = held
    const encoding = partEncoding(held)
    const rendered = new RenderedText(held.encoding)
    const locator = createLocator(held)
    this.#separator ??= detectDelimiter(text)
    let at = 0
    while (at < text.length) {
      const row = readCsvRow(text, at, this.#separator, last)
      if (row === undefined) break
      if (row.cells.length > 1 || row.cells[0]!.end > at) this.#table.add(row, rendered, locator)
      at = row.next
      if (rendered.length >= partSize) yield { ...rendered.takePart()!, ...encoding }
    }
    if (last && at === text.length) this.#table.end(rendered)
    const part = rendered.takePart()
    if (part !== undefined) yield { ...part, ...encoding }
    this.#held = holdRest(held, at, locator)
    // Of a row that goes on, the next time twice as much is looked at: linear.
    this.#wanted = 2 * this.#held.text.length
    this.#refuseEndless(last)
  }

  #refuseEndless(last: boolean): void {
    const { text, anchors } = this.#held
    if (text === '') return
    const where = `in the row that starts at line ${anchors[0]!.line}`
    if (last) {
      const advice = 'Close it, or double it if it is part of the text.'
      throw new IngestError('malformed', this.#path, `a quote ${where} is not closed. ${advice}`)
    }
    if (text.length > longestRow) {
      const reason = `more than ${longestRow} characters ${where}: a quote that is not closed?`
      throw new IngestError('malformed', this.#path, reason)
    }
  }
}
