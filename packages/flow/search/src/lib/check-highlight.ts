import type { CheckedHighlight } from './checked-request.ts'
import type { CheckedSchema } from './checked-schema.ts'
import { invalidQuery, readArray, readChoice, readObject, readWhole } from './invalid-query.ts'
import { readField } from './read-field.ts'
import { SearchError } from './search-error.ts'

/** How to show matches, checked and complete. */
export function checkHighlight(
  schema: CheckedSchema,
  highlight: unknown,
  isWithoutWords: boolean,
): CheckedHighlight | undefined {
  if (highlight === undefined) return undefined
  const keys = ['fields', 'fragments', 'size', 'markers', 'escape'] as const
  const given = readObject('highlight', highlight, keys, '{ fields: ["text"] }')
  if (isWithoutWords) {
    throw new SearchError(
      'invalid_query',
      '"highlight" needs a query with words to mark, got a request without "match".',
      {
        details: { path: 'highlight' },
      },
    )
  }
  const fields = readArray('highlight.fields', given.fields, 1, 256).map((name, index) => {
    const path = `highlight.fields[${index}]`
    const field = readField(schema, path, name, ['text'])
    if (field.stored) return field
    throw new SearchError('invalid_query', `"${path}" must be a stored field, and "${field.name}" is not stored.`, {
      details: { path },
    })
  })
  return {
    fields: [...new Set(fields)],
    fragments: readWhole('highlight.fragments', given.fragments, 1, 100, 3),
    size: readWhole('highlight.size', given.size, 20, 10_000, 150),
    markers: readMarkers(given.markers),
    escape: readChoice('highlight.escape', given.escape, ['html', 'none'], 'html'),
  }
}

function readMarkers(markers: unknown): readonly [string, string] {
  if (markers === undefined) return ['<mark>', '</mark>']
  const isPair = Array.isArray(markers) && markers.length === 2 && markers.every((marker) => typeof marker === 'string')
  if (!isPair) throw invalidQuery('highlight.markers', 'two strings, such as ["<b>", "</b>"]', markers)
  return markers as unknown as readonly [string, string]
}
