import { type Analyzer, createEnglishAnalyzer, createPlainAnalyzer, createWordAnalyzer } from '@empire/analyzer'
import { describe, expect, it } from 'vitest'
import type { CheckedTextQuery } from './checked-request.ts'
import { checkSchema } from './check-schema.ts'
import { readQueryWords } from './query-words.ts'

const letters: Analyzer = { name: 'letters', tokens: (text) => [...text.replaceAll(' ', '')], term: (token) => token }
const stopped = createWordAnalyzer({ name: 'stopped', stopWords: ['fox'], stem: (word) => word })

/** The words of a query, each as its count and its forms: analyzer, token and term. */
function read(match: string, mode: CheckedTextQuery['mode'], ...analyzers: Analyzer[]): unknown {
  const { fields } = checkSchema(
    Object.fromEntries(analyzers.map((analyzer, at) => [`f${at}`, { type: 'text', analyzer }])),
  )
  const own = fields.flatMap((field) => (field.type === 'text' ? [{ field, weight: 1 }] : []))
  const query = { type: 'text', match, mode, fields: own, slop: 0, distance: undefined, prefixLength: 0 } as const
  return readQueryWords(query).map(({ count, forms, isBeginning }) => [
    count,
    ...forms.map(({ analyzer, fields: of, token, term }) => [analyzer.name, of.length, token, term]),
    ...(isBeginning ? ['…'] : []),
  ])
}

describe('readQueryWords', () => {
  it('counts words of one term once, in the order of the query', () => {
    expect(read('the foxes and dogs, fox', 'any', createEnglishAnalyzer())).toEqual([
      [2, ['english', 1, 'foxes', 'fox']],
      [1, ['english', 1, 'dogs', 'dog']],
    ])
  })

  it('takes fields of one analyzer together, and analyzers of one name for one', () => {
    expect(read('fox', 'any', createPlainAnalyzer(), createPlainAnalyzer())).toEqual([[1, ['plain', 2, 'fox', 'fox']]])
  })

  it('puts the forms of analyzers together that part the query alike', () => {
    expect(read('foxes fox foxes', 'any', createEnglishAnalyzer(), createPlainAnalyzer(), stopped)).toEqual([
      [2, ['english', 1, 'foxes', 'fox'], ['plain', 1, 'foxes', 'foxes'], ['stopped', 1, 'foxes', 'foxes']],
      [1, ['english', 1, 'fox', 'fox'], ['plain', 1, 'fox', 'fox']],
    ])
  })

  it('takes the words of analyzers that part the query otherwise for others', () => {
    expect(read('ab', 'any', createPlainAnalyzer(), letters)).toEqual([
      [1, ['plain', 1, 'ab', 'ab']],
      [1, ['letters', 1, 'a', 'a']],
      [1, ['letters', 1, 'b', 'b']],
    ])
  })

  it('keeps the beginning of a prefix query, even of a word that is not indexed', () => {
    expect(read('fox the', 'prefix', createEnglishAnalyzer())).toEqual([
      [1, ['english', 1, 'fox', 'fox']],
      [1, ['english', 1, 'the', undefined], '…'],
    ])
    expect(read('fox fox', 'prefix', createEnglishAnalyzer())).toEqual([
      [1, ['english', 1, 'fox', 'fox']],
      [1, ['english', 1, 'fox', 'fox'], '…'],
    ])
  })
})
