import { parseHtml } from './parse-html.ts'
import { parseMarkdown } from './parse-markdown.ts'
import { parseText } from './parse-text.ts'
import type { Parser } from './parser.ts'
import { wholeTextParser } from './whole-text-parser.ts'

/** The parsers of this package: Markdown, text and HTML. Others are put before them: `[...own, ...defaultParsers]`. */
export const defaultParsers: readonly Parser[] = Object.freeze([
  wholeTextParser({ mediaTypes: ['text/markdown'], fingerprint: 'markdown/1' }, parseMarkdown),
  wholeTextParser({ mediaTypes: ['text/html', 'application/xhtml+xml'], fingerprint: 'html/1' }, parseHtml),
  wholeTextParser({ mediaTypes: ['text/plain'], fingerprint: 'text/1' }, parseText),
])
