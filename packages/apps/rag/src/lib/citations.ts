import type { Citation, Passage } from './answer.ts'

const marker = /\s*\[(\d{1,6})\]/g

/**
 * The passages that an answer cites by `[number]`, each once, in the order of the answer.
 *
 * The line is that of the quote in front of the marker where the passage holds it word for word, else the first of the
 * passage. A number that names no passage cites nothing.
 */
export function readCitations(answer: string, passages: readonly Passage[]): Citation[] {
  const byNumber = new Map(passages.map((passage) => [passage.number, passage]))
  const citations = new Map<number, Citation>()
  let end = 0
  for (const match of answer.matchAll(marker)) {
    const passage = byNumber.get(Number(match[1]))
    if (passage && !citations.has(passage.number)) {
      const line = findLine(passage, answer.slice(end, match.index))
      citations.set(passage.number, { number: passage.number, path: passage.path, line })
    }
    end = match.index + match[0].length
  }
  return [...citations.values()]
}

/** The words of the quote may run over several lines of the passage, and stand behind other words of the answer. */
function findLine(passage: Passage, words: string): number {
  const quote = words.slice(words.lastIndexOf('\n\n') + 1).trim()
  const line = quote === '' || !passage.verbatim ? 0 : findQuote(passage.text.split('\n').map(trimLine), quote)
  return passage.lines.start + line
}

function trimLine(line: string): string {
  return line.replace(/^[\s>]+/, '').trimEnd()
}

function findQuote(lines: readonly string[], quote: string): number {
  const at = lines.join(' ').indexOf(quote)
  let end = -1
  return Math.max(
    0,
    lines.findIndex((line) => at !== -1 && at <= (end += line.length + 1)),
  )
}
