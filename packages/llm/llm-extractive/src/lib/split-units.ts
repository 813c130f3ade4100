import { cutText } from './cut-text.ts'
import { readBlocks, type Block } from './read-blocks.ts'
import { splitSentences } from './split-sentences.ts'

/** Something that can be quoted by itself, with the words it stands under. */
export interface Unit {
  readonly kind: 'paragraph' | 'item' | 'row' | 'code'
  /** As it stands in the passage, with line breaks as spaces and without list and table marks at its edges. */
  readonly text: string
  /** What it stands under: headings, the header of its table, the sentence that leads to it. */
  readonly above: readonly string[]
  /** The lines that it leads to when it ends with a colon: the start of a list or of code. */
  readonly below: readonly string[]
}

const letter = /[\p{L}\p{N}]/u
const most = { lines: 12, characters: 500 }

/** The units of a passage, in order. */
export function splitUnits(passage: string): Unit[] {
  const units: Unit[] = []
  let headings: { readonly level: number; readonly text: string }[] = []
  let lead: { readonly text: string; readonly below: string[] } | undefined

  for (const block of readBlocks(passage)) {
    if (block.type === 'heading') {
      headings = [...headings.filter(({ level }) => level < block.level), block]
      lead = undefined
      continue
    }
    if (block.type === 'paragraph') lead = undefined
    const above = headings.map(({ text }) => text)
    if (lead !== undefined) above.push(lead.text)
    if (block.type === 'row') above.push(block.header)
    if (lead !== undefined) addBelow(lead.below, block)
    for (const text of textsOf(block)) {
      const below: string[] = []
      if (block.type === 'paragraph') lead = text.endsWith(':') ? { text, below } : undefined
      units.push({ kind: block.type, text, above, below })
    }
  }
  return units
}

function textsOf(block: Exclude<Block, { type: 'heading' }>): string[] {
  if (block.type === 'row') return cutText(block.text)
  if (block.type === 'code') return block.lines.filter((line) => letter.test(line)).flatMap(cutText)
  return splitSentences(block.text).flatMap(cutText)
}

function addBelow(below: string[], block: Exclude<Block, { type: 'heading' }>): void {
  const lines = block.type === 'code' ? block.lines : block.type === 'item' ? [`- ${block.text}`] : []
  let size = below.reduce((sum, line) => sum + line.length, 0)
  for (const line of lines) {
    if (below.at(-1) === '…') return
    size += line.length
    below.push(below.length < most.lines && size <= most.characters ? line : '…')
  }
}
