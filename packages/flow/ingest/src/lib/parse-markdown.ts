import type { Block, ContentBlock } from './document.ts'
import { eachLine, type Line } from './each-line.ts'
import { firstTitle } from './first-title.ts'
import { readFrontMatter } from './front-matter.ts'
import { headingTitle } from './heading-title.ts'
import { closesFence, openFence } from './markdown-fence.ts'
import type { ParsedText, SourceText } from './parsed-text.ts'

const rawHtml = /^<(?:pre|script|style|textarea)(?=[\s>]|$)/i
const rawHtmlEnd = /<\/(?:pre|script|style|textarea)>/i
const htmlTag = /^<\/?[a-z][a-z0-9-]*(?=[\s/>]|$)/i
const listItem = /^(?:[-*+]|\d{1,9}[.)])(?=\s|$)/

/** What the lines at hand belong to, until a line ends it. */
interface Open {
  kind: ContentBlock['kind']
  readonly start: number
  end: number
  /** A paragraph of plain lines, which a line of `===` or `---` makes a heading. */
  paragraph: boolean
  /** Whether this line is the last one; `blank` waits for a blank line. */
  readonly until: 'blank' | ((line: Line) => boolean)
}

/**
 * The block structure of a Markdown text, line by line: headings, code, tables and paragraphs, as CommonMark sees them.
 *
 * Inside lists and quotes only fenced code is told apart.
 */
export function parseMarkdown({ text, anchors }: SourceText): ParsedText {
  const frontMatter = readFrontMatter(text)
  const blocks = parseBlocks(text, frontMatter?.end)
  return { title: frontMatter?.title ?? firstTitle(blocks), text, blocks, anchors }
}

/** The blocks of a Markdown text from the start of a line on, before which no block is open. */
export function parseBlocks(text: string, from = 0): Block[] {
  const scanner = new BlockScanner(text)
  for (const line of eachLine(text, from)) scanner.read(line)
  return scanner.finish()
}

class BlockScanner {
  readonly #text: string
  readonly #blocks: Block[] = []
  #open: Open | undefined

  constructor(text: string) {
    this.#text = text
  }

  read(line: Line): void {
    const open = this.#open
    const blank = line.first === line.end
    if (open && open.until !== 'blank') {
      if (!blank) open.end = line.end
      if (open.until(line)) this.#flush()
    } else if (blank) {
      this.#flush()
    } else {
      this.#readContent(line)
    }
  }

  finish(): Block[] {
    this.#flush()
    return this.#blocks
  }

  #readContent(line: Line): void {
    const text = this.#text
    const first = text[line.first]!
    const indented = isIndented(text, line)
    if (!indented && (this.#readAtx(line, first) || this.#readSetext(line, first))) return
    const fence = openFence(text, line)
    if (fence) return this.#begin(line, 'code', (later) => closesFence(text, later, fence))
    if (first === '<' && !indented && this.#readHtml(line)) return
    this.#readParagraph(
      line,
      !indented && first !== '>' && !listItem.test(text.slice(line.first, line.first + 12)),
      indented,
    )
  }

  #readAtx(line: Line, first: string): boolean {
    const atx = first === '#' ? readAtx(this.#text, line) : undefined
    if (!atx) return false
    this.#flush()
    // Without a spread: a file may have millions of headings, and the object would take twice the memory.
    const { level, title } = atx
    this.#blocks.push({ kind: 'heading', level, title, start: line.start, end: line.end })
    return true
  }

  #readSetext(line: Line, first: string): boolean {
    const open = this.#open
    if (!open?.paragraph || (first !== '=' && first !== '-') || !isRepeated(this.#text, line, first)) return false
    const title = headingTitle(this.#text.slice(open.start, open.end))
    this.#blocks.push({ kind: 'heading', level: first === '=' ? 1 : 2, title, start: open.start, end: line.end })
    this.#open = undefined
    return true
  }

  #readHtml(line: Line): boolean {
    const content = this.#text.slice(line.first, line.end)
    if (content.startsWith('<!--')) {
      const close = this.#text.indexOf('-->', line.first + 4)
      const last = close < 0 ? this.#text.length : close
      this.#begin(line, 'text', last < line.next ? 'blank' : (later) => last < later.next)
      return true
    }
    if (this.#open) return false
    if (rawHtml.test(content) && !rawHtmlEnd.test(content)) {
      this.#begin(line, 'code', (later) => rawHtmlEnd.test(this.#text.slice(later.first, later.end)))
      return true
    }
    if (!htmlTag.test(content)) return false
    this.#begin(line, 'text', (later) => later.first === later.end)
    return true
  }

  #readParagraph(line: Line, plain: boolean, indented: boolean): void {
    const open = this.#open
    if (!open) return this.#begin(line, 'text', 'blank', plain)
    open.end = line.end
    open.paragraph &&= plain || indented
    if (open.kind === 'text' && isDelimiterRow(this.#text, line)) {
      if (this.#text.slice(open.start, line.start).includes('|')) open.kind = 'table'
    }
  }

  #begin(line: Line, kind: Open['kind'], until: Open['until'], paragraph = false): void {
    this.#flush()
    this.#open = { kind, start: line.start, end: line.end, paragraph, until }
  }

  #flush(): void {
    const open = this.#open
    if (open) this.#blocks.push({ kind: open.kind, start: open.start, end: open.end })
    this.#open = undefined
  }
}

function isIndented(text: string, line: Line): boolean {
  return line.first - line.start > 3 || text.slice(line.start, line.first).includes('\t')
}

function readAtx(text: string, line: Line): { level: number; title: string } | undefined {
  let index = line.first
  while (index < line.end && text[index] === '#') index++
  const level = index - line.first
  if (level > 6 || (index < line.end && text[index] !== ' ' && text[index] !== '\t')) return undefined
  let end = line.end
  while (end > index && text[end - 1] === '#') end--
  // A closing run of # stands apart from the words: "C#" keeps its own.
  if (end > index && text[end - 1] !== ' ' && text[end - 1] !== '\t') end = line.end
  return { level, title: headingTitle(text.slice(index, end)) }
}

function isRepeated(text: string, line: Line, character: string): boolean {
  for (let index = line.first; index < line.end; index++) if (text[index] !== character) return false
  return true
}

function isDelimiterRow(text: string, line: Line): boolean {
  let bars = 0
  let dashes = 0
  for (let index = line.first; index < line.end; index++) {
    const character = text[index]!
    if (character === '|') bars++
    else if (character === '-') dashes++
    else if (character !== ':' && character !== ' ' && character !== '\t') return false
  }
  return bars > 0 && dashes > 0
}
