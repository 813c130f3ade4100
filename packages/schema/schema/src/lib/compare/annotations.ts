import { annotationKeywords } from '../annotation-keywords.ts'

/** Keywords that say nothing about values. */
const annotations: ReadonlySet<string> = new Set([
  ...annotationKeywords,
  ...'$schema $id $anchor $dynamicAnchor $recursiveAnchor $defs $vocabulary definitions'.split(' '),
])

export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword)
}
