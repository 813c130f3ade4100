/** Keywords that say nothing about values. */
const annotations: ReadonlySet<string> = new Set(
  (
    '$schema $id $anchor $dynamicAnchor $recursiveAnchor $comment $defs $vocabulary definitions ' +
    'title description default examples deprecated readOnly writeOnly'
  ).split(' '),
)

export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword)
}
