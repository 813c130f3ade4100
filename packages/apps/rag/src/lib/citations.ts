import type { Citation } from './answer.ts'
import type { FoundPassage } from './find-passages.ts'

/** One marker or several in a row, but not the `[1]` of code: `argv[1]`, `rows()[1]`. */
const markers = /(?<![\p{L}\p{N}_$)\]])\[\d{1,6}\](?:\s?\[\d{1,6}\])*/gu

/**
 * The passages that an answer cites by `[number]`, each once, in the order of the answer.
 *
 * The line is that of the quote in front of the marker where the passage holds it word for word, else the first of the
 * passage. A number that names no passage cites nothing.
 */
export function readCitations(answer: string, passages: readonly FoundPassage[]): Citation[] {
  const byNumber = new Map(passages.map((found) => [found.passage.number, found]))
  const citations = new Map<number, Citation>()
  let end = 0
  for (const match of answer.matchAll(markers)) {
    const words = answer.slice(end, match.index)
    for (const number of match[0].match(/\d+/g) ?? []) {
      const found = byNumber.get(Number(number))
      if (found === undefined || citations.has(found.passage.number)) continue
      const { passage } = found
      citations.set(passage.number, { number: passage.number, path: passage.path, line: findLine(found, words) })
    }
    end = match.index + match[0].length
  }
  return [...citations.values()]
}

/** The words of the quote may run over several lines of the passage, and stand behind other words of the answer. */
function findLine({ passage: { lines, text }, lineNumbers }: FoundPassage, words: string): number {
  const quote = words.slice(words.lastIndexOf('\n\n') + 1).trim()
  const line = quote === '' ? 0 : findQuote(text.split('\n').map(trimLine), quote)
  return lineNumbers[line] ?? lines.start
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
