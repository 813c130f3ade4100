import { countLines } from './count-lines.ts'
import type { Block, DocumentPart } from './document.ts'
import { firstTitle } from './first-title.ts'
import { readFrontMatter } from './front-matter.ts'
import { parseBlocks } from './parse-markdown.ts'
import { partSize } from './part-size.ts'

const feed = 0x0a
const mayBeFrontMatter = /^(?:---|\+\+\+)[ \t]*\r?\n/
const numberSign = 0x23
const equalsSign = 0x3d
/** What may stand before a heading: three spaces, of up to three bytes. */
const longestIndent = 9

/**
 * What `parseMarkdown` says of UTF-8 bytes, from an index on, in parts that end before headings: of the text and its blocks
 * only a little is in memory at a time. Linear in the bytes.
 *
 * @param size The bytes that are looked at for a part, unless a section is longer.
 */
export function* markdownParts(bytes: Buffer, start = 0, size = partSize): Generator<DocumentPart, void, undefined> {
  let title: string | undefined
  let first = true
  for (const { frontMatterTitle, ...part } of sectionParts(bytes, start, size)) {
    if (first) title = frontMatterTitle ?? titleOf(bytes, start, part)
    if (part.blocks.length > 0) yield first ? { title, ...part } : part
    first = false
  }
}

interface SectionPart extends DocumentPart {
  readonly frontMatterTitle: string | undefined
}

function* sectionParts(bytes: Buffer, start: number, least = partSize): Generator<SectionPart, void, undefined> {
  let line = 1
  let size = least
  for (let from = start; from < bytes.length;) {
    const to = bytes.indexOf(feed, from + size) + 1 || bytes.length
    const goesOn = to < bytes.length
    const window = bytes.toString('utf8', from, to)
    const frontMatter = from === start ? readFrontMatter(window) : undefined
    const open = from === start && frontMatter === undefined && mayBeFrontMatter.test(window)
    const blocks = parseBlocks(window, frontMatter?.end)
    const cut = goesOn ? (open ? 0 : lastSection(blocks)) : blocks.length
    if (goesOn && cut === 0) {
      size *= 2
      continue
    }
    const text = goesOn ? window.slice(0, blocks[cut]!.start) : window
    blocks.length = cut
    yield { frontMatterTitle: frontMatter?.title, text, blocks, anchors: [{ offset: 0, line, byte: from }], goesOn }
    line += countLines(text)
    from = goesOn ? from + Buffer.byteLength(text) : to
    size = least
  }
}

/** Which block starts the last section that has another one before it; 0 for none. */
function lastSection(blocks: readonly Block[]): number {
  for (let index = blocks.length - 1; index > 0; index--) {
    if (blocks[index]!.kind === 'heading' && blocks[index - 1]!.kind !== 'heading') return index
  }
  return 0
}

/** The title that the headings give, most often those of the first part. */
function titleOf(bytes: Buffer, start: number, { blocks, goesOn }: DocumentPart): string | undefined {
  const level = blocks.find((block) => block.kind === 'heading' && block.level === 1 && block.title !== '')
  const title = firstTitle(blocks)
  if (level !== undefined || goesOn !== true) return title
  if (title !== undefined && !mayHaveFirstLevel(bytes, start)) return title
  return firstTitle(allBlocks(bytes, start))
}

/** Whether a line may be a heading of level 1, or the one below it: this is looked up without a string of all of them. */
function mayHaveFirstLevel(bytes: Buffer, start: number): boolean {
  for (let line = start; line < bytes.length; line = bytes.indexOf(feed, line) + 1 || bytes.length) {
    for (let index = line; index <= line + longestIndent && index < bytes.length; index++) {
      const byte = bytes[index]
      if (byte === equalsSign || (byte === numberSign && bytes[index + 1] !== numberSign)) return true
      if (byte === numberSign || byte === feed) break
    }
  }
  return false
}

function* allBlocks(bytes: Buffer, start: number): Generator<Block, void, undefined> {
  for (const { blocks } of sectionParts(bytes, start)) yield* blocks
}
