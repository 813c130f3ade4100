import type { FakeIndex } from './fake-index.ts'
import { parseDocument } from './parse-document.ts'
import { readArray, readFlag, readObject, readText } from './read-object.ts'

const flags = ['term_statistics', 'field_statistics', 'positions', 'offsets', 'payloads'] as const

/** The terms of a document that is given, and how many documents have them: an answer of `_termvectors`. */
export function termVectors(name: string, index: FakeIndex, given: unknown): object {
  const body = readObject('termvectors', given, ['doc', 'fields', ...flags])
  for (const flag of flags) readFlag(flag, body[flag] ?? true)
  const { texts } = parseDocument(index.mapping, '', body['doc'])
  const vectors = readArray('fields', body['fields']).flatMap((field): [string, object][] => {
    const path = readText('fields', field)
    const text = texts.get(path)
    if (text === undefined) return []
    const terms = Array.from(text.positions, ([term, places]): [string, object] => {
      const frequency = index.statistics.frequency(path, term)
      return [term, { ...(frequency === 0 ? {} : { doc_freq: frequency }), term_freq: places.length }]
    })
    const statistics = { doc_count: index.statistics.documents(path) }
    return [[path, { field_statistics: statistics, terms: Object.fromEntries(terms) }]]
  })
  return { _index: name, _version: 0, found: true, took: 1, term_vectors: Object.fromEntries(vectors) }
}
