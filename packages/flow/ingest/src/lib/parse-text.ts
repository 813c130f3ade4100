import type { Block } from './document.ts'
import { eachLine } from './each-line.ts'

/** The paragraphs of a plain text, between blank lines. */
export function parseText(text: string): Block[] {
  const blocks: Block[] = []
  let start = -1
  let end = 0
  for (const line of eachLine(text)) {
    if (line.first < line.end) {
      if (start < 0) start = line.start
      end = line.end
    } else if (start >= 0) {
      blocks.push({ kind: 'text', start, end })
      start = -1
    }
  }
  if (start >= 0) blocks.push({ kind: 'text', start, end })
  return blocks
}
