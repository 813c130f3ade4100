import { codeParser } from './code-parser.ts'
import { csvParser } from './csv-parser.ts'
import { htmlParser } from './html-parser.ts'
import { jsonParser } from './json-parser.ts'
import { markdownParser } from './markdown-parser.ts'
import { ndjsonParser } from './ndjson-parser.ts'
import type { Parser } from './parser.ts'
import { textParser } from './text-parser.ts'

/**
 * The parsers of this package: Markdown, HTML, text, CSV, JSON, newline-delimited JSON, and code for all other text. The
 * first that reads a media type is taken, so others are put before them: `[...own, ...defaultParsers]`.
 */
export const defaultParsers: readonly Parser[] = Object.freeze([
  markdownParser(),
  htmlParser(),
  textParser(),
  csvParser(),
  jsonParser(),
  ndjsonParser(),
  codeParser(),
])
