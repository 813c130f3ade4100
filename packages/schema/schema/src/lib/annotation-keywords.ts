/** Keywords that only describe: they judge no value. */
export const annotationKeywords: readonly string[] = [
  '$comment',
  'default',
  'deprecated',
  'description',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
]
