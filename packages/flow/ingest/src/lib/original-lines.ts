import type { Document } from './document.ts'
import { createLocator } from './locator.ts'

/**
 * For each line of a part of `document.text`, the line of the original that it starts on, from 1.
 *
 * For Markdown and text they are consecutive; a line of an HTML document's text can start anywhere.
 */
export function originalLines(document: Document, part: { readonly offset: number; readonly text: string }): number[] {
  const locator = createLocator(document.text, document.anchors)
  const lines: number[] = []
  for (let at = 0; at !== 0 || lines.length === 0; at = part.text.indexOf('\n', at) + 1) {
    lines.push(locator.start(part.offset + at).line)
  }
  return lines
}
