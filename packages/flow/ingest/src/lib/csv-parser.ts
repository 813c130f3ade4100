import { pipeline, Readable } from 'node:stream'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { CsvError, type Info, type Options, parse as parseCsv } from 'csv-parse'
import { detectDelimiter } from './csv-delimiter.ts'
import { csvRows } from './csv-rows.ts'
import type { DocumentPart } from './document.ts'
import { IngestError } from './ingest-error.ts'
import type { Parser, ParserContent, ParserOptions } from './parser.ts'
import { partEncoding } from './part-encoding.ts'
import { partSize } from './part-size.ts'
import { readText } from './read-text.ts'
import { RenderedText } from './rendered-text.ts'
import { SourceWindow } from './source-window.ts'

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
 * that are empty. Cells may be quoted and hold line breaks.
 *
 * Throws `IngestError` (`malformed`) for a quote that is not closed, and for a row over 16 MiB.
 */
export function csvParser(options: CsvParserOptions = {}): Parser {
  expectKnownKeys('"options"', options, ['delimiter', 'header'])
  const { delimiter, header = true } = options
  if (delimiter !== undefined && (typeof delimiter !== 'string' || delimiter === '' || /["\r\n]/.test(delimiter))) {
    throw new TypeError(
      `Expected "delimiter" to be a text without quotes and line breaks, got ${describeValue(delimiter)}.`,
    )
  }
  if (typeof header !== 'boolean' && !Array.isArray(header)) {
    throw new TypeError(`Expected "header" to be a boolean or a list of names, got ${describeValue(header)}.`)
  }
  return Object.freeze({
    mediaTypes,
    fingerprint: `csv/1 delimiter=${JSON.stringify(delimiter ?? 'auto')} header=${JSON.stringify(header)}`,
    parse: ({ path }, content, parserOptions = {}) => parseRows(path, content, { delimiter, header }, parserOptions),
  } satisfies Parser)
}

async function* parseRows(
  path: string,
  content: ParserContent,
  { delimiter, header }: { delimiter: string | undefined; header: boolean | readonly string[] },
  { signal }: ParserOptions,
): AsyncGenerator<DocumentPart, void, undefined> {
  const blocks = readText(path, content, { end: 'line', signal })
  const first = await blocks.next()
  if (first.done) return
  const tabs = content.mediaType.toLowerCase().startsWith('text/tab-separated-values')
  const window = new SourceWindow()
  const reader = parseCsv({
    delimiter: delimiter ?? (tabs ? '\t' : detectDelimiter(first.value.text)),
    info: true,
    max_record_size: longestRow,
    // Named, for else it would be that of the first line alone.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  } satisfies Options)

  async function* feed(): AsyncGenerator<Buffer, void, undefined> {
    try {
      yield window.add(first.value!)
      for await (const block of blocks) yield window.add(block)
    } finally {
      await blocks.return()
    }
  }

  // What fails there is thrown by the iteration of the reader.
  pipeline(Readable.from(feed(), { objectMode: true }), reader, () => {})
  const rendered = new RenderedText(first.value.encoding)
  const encoding = partEncoding(first.value)
  const rows = csvRows(rendered, header)
  try {
    for await (const { record, info } of reader as AsyncIterable<{ record: string[]; info: Info }>) {
      rows.add(record, window.takeUpTo(info.bytes))
      if (rendered.length >= partSize) yield { ...rendered.takePart()!, ...encoding }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    window.takeUpTo((error as CsvError & Info).bytes_records)
    throw malformed(path, error, window.next.line)
  }
  rows.end()
  const part = rendered.takePart()
  if (part !== undefined) yield { ...part, ...encoding }
}

function malformed(path: string, error: CsvError, line: number): IngestError {
  const where = `in the row that starts at line ${line}`
  const reason =
    error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? `a quote ${where} is not closed. Close it, or double it if it is part of the text.`
      : error.code === 'CSV_MAX_RECORD_SIZE'
        ? `more than ${longestRow} bytes ${where}: a quote that is not closed?`
        : `cannot be read as comma-separated values ${where}: ${error.message}`
  return new IngestError('malformed', path, reason, { cause: error })
}
