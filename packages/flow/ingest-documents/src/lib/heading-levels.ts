import type { PdfLine } from './pdf-line.ts'

/** Type this much larger than that of most of the text is a heading. */
const larger = 1.15
const longestHeading = 200
/** More of the text in large type is no heading. */
const mostOfText = 0.25

/** Tells headings by the size of their type: 1 for the largest, up to 6; 0 is none. */
export function headingLevels(pages: readonly (readonly PdfLine[])[]): (line: PdfLine) => number {
  const characters = new Map<number, number>()
  let all = 0
  for (const { text, height } of pages.flat()) {
    const size = Math.round(height)
    characters.set(size, (characters.get(size) ?? 0) + text.length)
    all += text.length
  }
  const bySize = [...characters].toSorted(([a], [b]) => b - a)
  const body = [...characters].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0
  const sizes: number[] = []
  let large = 0
  for (const [size, length] of bySize) {
    large += length
    if (size < body * larger || large > mostOfText * all) break
    sizes.push(size)
  }
  return ({ text, height }) =>
    text.length > longestHeading || !/\p{L}/u.test(text) ? 0 : Math.min(sizes.indexOf(Math.round(height)) + 1, 6)
}
