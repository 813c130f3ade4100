import type { Block } from './document.ts'
import type { HeadingPath } from './heading-path.ts'

/** Headings in a row, and the content under the last of them. */
export interface Section {
  readonly headings: readonly string[]
  readonly blocks: readonly Block[]
}

/** The sections of a part; `path` has the headings that it stands under, and goes on with those in it. */
export function* sectionsOf(blocks: readonly Block[], path: HeadingPath): Generator<Section> {
  let section: Block[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') {
      if (section.length > 0 && section.at(-1)!.kind !== 'heading') {
        yield { headings: path.titles, blocks: section }
        section = []
      }
      path.enter(block)
    }
    section.push(block)
  }
  if (section.length > 0) yield { headings: path.titles, blocks: section }
}
