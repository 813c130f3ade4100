import { describe, expect, it } from 'vitest'
import { blendFrequencies } from './blend-frequencies.ts'
import { TextStatistics } from './text-statistics.ts'

/** Documents of texts by field, words apart by spaces. */
function statisticsOf(...documents: Readonly<Record<string, string>>[]): TextStatistics {
  return new TextStatistics(
    documents.map((document, id) => ({
      id: `${id}`,
      source: {},
      values: new Map(),
      vectors: new Map(),
      texts: new Map(
        Object.entries(document).map(([path, text]) => {
          const words = text.split(' ')
          const positions = new Map(
            words.map((word) => [word, words.flatMap((other, at) => (other === word ? at : []))]),
          )
          return [path, { length: words.length, positions }]
        }),
      ),
    })),
  )
}

describe('blendFrequencies', () => {
  it('takes the most frequent field for all, and one more for each field that has the term less often', () => {
    const many = Array.from({ length: 10 }, () => ({ title: 'a b c', text: 'fox b c' }))
    const statistics = statisticsOf(...many, { title: 'fox', text: 'fox' }, { title: 'fox' })
    expect(blendFrequencies(statistics, ['title', 'text'], 'fox')).toEqual([11 + 1, 11])
    expect(blendFrequencies(statistics, ['title'], 'fox')).toEqual([2])
    expect(blendFrequencies(statistics, ['title', 'text'], 'cat')).toEqual([0, 0])
  })

  it('goes beyond neither the documents of a field nor the terms of the shortest one', () => {
    const statistics = statisticsOf({ title: 'fox', text: 'fox' }, { text: 'fox dog' }, { text: 'fox' })
    expect(blendFrequencies(statistics, ['title', 'text'], 'fox')).toEqual([1, 1])
    expect(blendFrequencies(statistics, ['title', 'text'], 'dog')).toEqual([0, 1])
    const more = statisticsOf({ title: 'fox a b c', text: 'fox' }, { text: 'fox dog' }, { text: 'fox' })
    expect(blendFrequencies(more, ['title', 'text'], 'fox')).toEqual([1, 3])
  })
})
