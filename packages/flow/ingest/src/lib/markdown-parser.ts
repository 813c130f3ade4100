import { markdownParts } from './markdown-parts.ts'
import { parseMarkdown } from './parse-markdown.ts'
import type { Parser } from './parser.ts'
import { wholeTextParser } from './whole-text-parser.ts'

/** Reads Markdown: headings, code, tables and paragraphs as CommonMark sees them, and the title in its front matter. */
export function markdownParser(): Parser {
  const format = { mediaTypes: ['text/markdown'], fingerprint: 'markdown/1', parts: markdownParts }
  return wholeTextParser(format, parseMarkdown)
}
