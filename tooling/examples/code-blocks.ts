export interface CodeBlock {
  /** What follows the fence: `ts`, `sh`, …, or empty. */
  readonly language: string
  readonly code: string
  /** Line of the opening fence, from 1. */
  readonly line: number
  /** The text of the heading above it. */
  readonly heading: string
}

interface OpenBlock {
  readonly fence: string
  readonly indent: number
  readonly language: string
  readonly line: number
  readonly lines: string[]
}

const fencePattern = /^( *)(`{3,}|~{3,}) *([^\s`]*)[^`]*$/
const headingPattern = /^#{1,6} +(.*?)(?: +#+)? *$/

/** The fenced code blocks of a Markdown text, also those inside list items. */
export function readCodeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: OpenBlock | undefined
  let heading = ''
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const fence = fencePattern.exec(text)
    if (open === undefined) {
      if (fence === null) heading = headingPattern.exec(text)?.[1] ?? heading
      else {
        const [, indent = '', marks = '', language = ''] = fence
        open = { fence: marks, indent: indent.length, language, line: index + 1, lines: [] }
      }
    } else if (fence?.[2]?.startsWith(open.fence) === true && fence[3] === '') {
      blocks.push(closeBlock(open, heading))
      open = undefined
    } else {
      open.lines.push(text.slice(Math.min(open.indent, text.length - text.trimStart().length)))
    }
  }
  return open === undefined ? blocks : [...blocks, closeBlock(open, heading)]
}

function closeBlock({ language, line, lines }: OpenBlock, heading: string): CodeBlock {
  return { language, code: lines.join('\n'), line, heading }
}
