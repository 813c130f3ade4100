import { parseHtml } from './parse-html.ts'
import type { Parser } from './parser.ts'
import { wholeTextParser } from './whole-text-parser.ts'

/**
 * Reads HTML and XHTML: the readable text with its headings, lists, tables and preformatted text, and where in the source
 * each line of it stood. Of a page with a `<main>` only that; without menus, scripts and the footer of the site.
 */
export function htmlParser(): Parser {
  return wholeTextParser(
    {
      mediaTypes: ['text/html', 'application/xhtml+xml'],
      fingerprint: 'html/2',
      declaredCharset: (head) =>
        /<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1],
    },
    parseHtml,
  )
}
