import type { Section } from './prompt-data.ts'

/**
 * Top-level sections in the order in which they are rendered.
 *
 * The places of the vocabulary are gone through from the first to the last: at the place of a fixed stage that the document
 * has stands that stage; any other place is a gap, and takes the next of the other sections in the order of insertion. The
 * rest of them follows at the end.
 */
export function orderSections(sections: readonly Section[]): readonly Section[] {
  const fixed = sections.filter((section) => section.fixed !== undefined)
  if (fixed.length === 0) return sections
  // Of two for one place, which parsed text can have, the first is inserted first.
  fixed.sort((a, b) => (a.fixed ?? 0) - (b.fixed ?? 0))
  const ordered: Section[] = []
  let nextFixed = 0
  for (const section of sections) {
    if (section.fixed !== undefined) continue
    while (isDue(fixed[nextFixed], ordered.length)) ordered.push(fixed[nextFixed++] as Section)
    ordered.push(section)
  }
  return [...ordered, ...fixed.slice(nextFixed)]
}

function isDue(section: Section | undefined, place: number): boolean {
  return section !== undefined && (section.fixed ?? 0) <= place
}
