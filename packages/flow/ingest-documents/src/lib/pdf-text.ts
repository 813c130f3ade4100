import type { Anchor, Block, DocumentPart } from '@empire/ingest'
import type { PdfLine } from './pdf-line.ts'
import { headingLevels } from './heading-levels.ts'

/** Between lines further apart than this many times their height, a paragraph ends. */
const paragraphGap = 1.6
const longestTitle = 200

/** The text of the pages, in paragraphs and headings that do not cross pages, with an anchor at each page. */
export function pdfText(
  pages: readonly (readonly PdfLine[])[],
): Pick<DocumentPart, 'title' | 'text' | 'blocks' | 'anchors'> {
  const levelOf = headingLevels(pages)
  const anchors: Anchor[] = []
  const blocks: Block[] = []
  const texts: string[] = []
  let offset = 0
  let line = 1
  let byte = 0

  function push(text: string): void {
    texts.push(text)
    offset += text.length
    line += text.split('\n').length - 1
    byte += Buffer.byteLength(text)
  }

  for (const [index, lines] of pages.entries()) {
    let first = true
    for (const { text, level } of paragraphsOf(lines, levelOf)) {
      if (texts.length > 0) push('\n\n')
      if (first) anchors.push({ offset, line, byte, page: index + 1 })
      first = false
      const start = offset
      push(text)
      if (level === 0) blocks.push({ kind: 'text', start, end: offset })
      else blocks.push({ kind: 'heading', level, title: cut(text.replaceAll('\n', ' ')), start, end: offset })
    }
  }
  const titles = blocks.filter((block) => block.kind === 'heading')
  const title = (titles.find(({ level }) => level === 1) ?? titles[0])?.title
  return { title, text: texts.join(''), blocks, anchors }
}

function* paragraphsOf(
  lines: readonly PdfLine[],
  levelOf: (line: PdfLine) => number,
): Generator<{ text: string; level: number }> {
  let texts: string[] = []
  let level = 0
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    const own = levelOf(line)
    if (before && (own !== level || isApart(before, line))) {
      yield { text: texts.join(''), level }
      texts = []
    }
    level = own
    if (texts.length === 0) texts.push(line.text)
    else join(texts, line.text)
  }
  if (texts.length > 0) yield { text: texts.join(''), level }
}

function isApart(before: PdfLine, line: PdfLine): boolean {
  const gap = before.y - line.y
  const height = Math.max(before.height, line.height, 1)
  // Upwards: another column.
  return gap > paragraphGap * height || gap < -height
}

/** Adds a line, and puts a word together that was parted at the end of the one before. */
function join(texts: string[], text: string): void {
  const last = texts.at(-1)!
  if (/\p{L}-$/u.test(last) && /^\p{Ll}/u.test(text)) {
    texts[texts.length - 1] = last.slice(0, -1)
    texts.push(text)
  } else {
    texts.push('\n', text)
  }
}

function cut(title: string): string {
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1).toWellFormed()}…` : title
}
