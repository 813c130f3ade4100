import type { Block } from './document.ts'

/** The title that headings give a text: the first of level 1, else the first. */
export function firstTitle(blocks: Iterable<Block>): string | undefined {
  let first: string | undefined
  for (const block of blocks) {
    if (block.kind !== 'heading' || block.title === '') continue
    if (block.level === 1) return block.title
    first ??= block.title
  }
  return first
}
