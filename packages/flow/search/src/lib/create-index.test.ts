import type { Analyzer } from '@empire/analyzer'
import { describe, expect, it } from 'vitest'
import { createIndex } from './create-index.ts'
import type { SearchDocument } from './read-document.ts'
import type { SearchQuery } from './search-query.ts'

/** Words as they stand: what a test says is what is indexed. */
const words: Analyzer = {
  name: 'words',
  tokens: (text) => text.split(' ').filter((word) => word !== ''),
  term: (token) => token,
}

function createNotes(...texts: string[]) {
  const index = createIndex({ fields: { text: {} }, analyzer: words })
  index.add(texts.map((text, number) => ({ id: `${number}`, text })))
  return index
}

function idsOf(
  index: { search: (query: SearchQuery) => { hits: readonly { id: string }[] } },
  match: string,
): string[] {
  return index.search({ match, limit: Infinity }).hits.map((hit) => hit.id)
}

describe('createIndex', () => {
  it('finds English text by other forms of its words', () => {
    const index = createIndex({ fields: { title: { weight: 2 }, text: {} } })
    index.add([
      { id: 'a', title: 'Retries', text: 'A failed call is tried again.' },
      { id: 'b', title: 'Timeouts', text: 'Connections are closed after 30 seconds.' },
    ])
    expect(index.search({ match: 'When is the connection closed?' })).toEqual({
      hits: [{ id: 'b', score: expect.closeTo(1.3026, 4), coverage: 1, terms: ['connect', 'close'] }],
      total: 1,
    })
  })

  it.each([
    [undefined, '"options" must be an object with "fields", got undefined.'],
    [{}, '"fields" must be an object of field options by field name, got undefined.'],
    [{ fields: ['text'] }, '"fields" must be an object of field options by field name, got an array.'],
    [{ fields: {} }, '"fields" must name at least one field, got an empty object.'],
    [{ fields: { id: {} } }, '"fields.id" is taken: "id" identifies a document. Name the field otherwise.'],
    [{ fields: { text: true } }, '"fields.text" must be an object of options, got a boolean (true).'],
    [{ fields: { text: { boost: 2 } } }, '"fields.text" has no key "boost". Known: weight.'],
    [
      { fields: { text: { weight: 0 } } },
      '"fields.text.weight" must be a number from 0.001 to 1000, got a number (0).',
    ],
    [
      { fields: { text: { weight: Number.NaN } } },
      '"fields.text.weight" must be a number from 0.001 to 1000, got a number (NaN).',
    ],
    [{ fields: { text: {} }, stopwords: [] }, '"options" has no key "stopwords". Known: fields, analyzer.'],
    [{ fields: { text: {} }, analyzer: {} }, '"analyzer" must be an object with "tokens" and "term", got an object.'],
  ])('refuses %j', (options, message) => {
    expect(() => createIndex(options as never)).toThrow(new TypeError(message))
  })
})

describe('add', () => {
  it('replaces the document that has the id', () => {
    const index = createNotes('old words', 'other words')
    index.add([{ id: '0', text: 'new words' }])
    expect(index.size).toBe(2)
    expect(idsOf(index, 'old')).toEqual([])
    expect(idsOf(index, 'new')).toEqual(['0'])
    expect(idsOf(index, 'words')).toEqual(['1', '0'])
  })

  it('keeps the last of several documents with one id', () => {
    const index = createIndex({ fields: { text: {} }, analyzer: words })
    index.add([
      { id: 'a', text: 'first' },
      { id: 'a', text: 'last' },
    ])
    expect(index.size).toBe(1)
    expect(idsOf(index, 'first last')).toEqual(['a'])
    expect(index.search({ match: 'first' }).total).toBe(0)
  })

  it('reads several strings as one text, and a missing field as none', () => {
    const index = createIndex({ fields: { tags: {}, text: {} }, analyzer: words })
    index.add([{ id: 'a', tags: ['red', 'green'] }, { id: 'b', tags: [], text: undefined }, { id: 'c' }])
    expect(index.size).toBe(3)
    expect(idsOf(index, 'green red')).toEqual(['a'])
  })

  it('takes names that objects inherit for ids, fields and words', () => {
    const index = createIndex({ fields: { constructor: {}, toString: {} }, analyzer: words })
    const documents = ['__proto__', 'constructor', ''].map((id) => ({ id, constructor: `__proto__ ${id}` }))
    index.add(documents as unknown as SearchDocument<'constructor' | 'toString'>[])
    expect(idsOf(index, '__proto__')).toEqual(['__proto__', '', 'constructor'])
    expect(index.remove(['__proto__'])).toBe(1)
    expect(idsOf(index, 'constructor')).toEqual(['constructor'])
  })

  it.each([
    ['text', '"documents" must be an iterable of documents, got a string ("text").'],
    [{ id: 'a' }, '"documents" must be an iterable of documents, got an object.'],
    [[{ id: 'a' }, null], '"documents[1]" must be an object with an "id", got null.'],
    [[{ id: 1 }], '"documents[0].id" must be a string, got a number (1).'],
    [
      [{ id: 'a' }, { id: 'b', text: 5 }],
      '"documents[1].text" must be a string, an array of strings or undefined, got a number (5).',
    ],
    [[{ id: 'a', text: null }], '"documents[0].text" must be a string, an array of strings or undefined, got null.'],
    // oxlint-disable-next-line no-sparse-arrays -- a hole is what is tested
    [[{ id: 'a', text: ['b', , 'c'] }], '"documents[0].text[1]" must be a string, got undefined.'],
  ])('refuses %j and adds nothing', (documents, message) => {
    const index = createNotes('here before')
    expect(() => index.add(documents as never)).toThrow(new TypeError(message))
    expect(index.size).toBe(1)
    expect(idsOf(index, 'a b before')).toEqual(['0'])
  })

  it('adds nothing when the analyzer throws', () => {
    const failure = new Error('no such word')
    const index = createIndex({
      fields: { text: {} },
      analyzer: {
        ...words,
        term(token) {
          if (token === 'bad') throw failure
          return token
        },
      },
    })
    index.add([{ id: 'a', text: 'one' }])
    const before = index.search({ match: 'one' })
    expect(() =>
      index.add([
        { id: 'a', text: 'one two' },
        { id: 'b', text: 'one bad' },
      ]),
    ).toThrow(failure)
    expect(index.size).toBe(1)
    expect(index.search({ match: 'one two' }).hits[0]?.terms).toEqual(['one'])
    expect(index.search({ match: 'one' })).toEqual(before)
  })
})

describe('remove', () => {
  it('forgets the documents that are there and says how many', () => {
    const index = createNotes('a', 'a b', 'a b c')
    expect(index.remove(['0', 'unknown', '2', '0'])).toBe(2)
    expect(index.size).toBe(1)
    expect(idsOf(index, 'a c')).toEqual(['1'])
  })

  it('leaves an empty index that works', () => {
    const index = createNotes('a', 'b')
    index.remove(['0', '1'])
    expect(index.search({ match: 'a' })).toEqual({ hits: [], total: 0 })
    index.add([{ id: '0', text: 'a' }])
    expect(idsOf(index, 'a')).toEqual(['0'])
  })

  it.each([
    ['abc', '"ids" must be an iterable of strings, got a string ("abc").'],
    [[1], '"ids[0]" must be a string, got a number (1).'],
  ])('refuses %j and removes nothing', (ids, message) => {
    const index = createNotes('a')
    expect(() => index.remove(ids as never)).toThrow(new TypeError(message))
    expect(index.size).toBe(1)
  })
})

describe('search', () => {
  it('scores as BM25 with k1 = 1.5 and b = 0.75', () => {
    const index = createNotes('cat cat dog', 'dog', 'bird bird bird bird bird')
    // cat: 1 of 3 documents; twice in a text of 3 words, where the average is also 3.
    const cat = Math.log(1 + 2.5 / 1.5) * ((2 * 2.5) / (2 + 1.5))
    // dog: 2 of 3 documents; once in texts of 3 words and of 1 word.
    const idf = Math.log(1 + 1.5 / 2.5)
    const dogs = [idf * (2.5 / (1 + 1.5)), idf * (2.5 / (1 + 1.5 * (0.25 + 0.75 / 3)))]
    expect(index.search({ match: 'cat' }).hits[0]?.score).toBeCloseTo(cat, 12)
    expect(index.search({ match: 'dog' }).hits).toMatchObject([
      { id: '1', score: expect.closeTo(dogs[1] as number, 12) },
      { id: '0', score: expect.closeTo(dogs[0] as number, 12) },
    ])
    expect(index.search({ match: 'cat dog dog' }).hits[0]?.score).toBeCloseTo(cat + 2 * (dogs[0] as number), 12)
  })

  it('adds up the fields of a document before the word saturates', () => {
    const index = createIndex({ fields: { title: { weight: 2 }, text: {} }, analyzer: words })
    index.add([
      { id: 'both', title: 'cat', text: 'cat dog' },
      { id: 'none', title: 'bird', text: 'fish' },
    ])
    const weight = 2 + 1 / (0.25 + 0.75 * (2 / 1.5))
    const score = Math.log(1 + 1.5 / 1.5) * ((weight * 2.5) / (weight + 1.5))
    expect(index.search({ match: 'cat' }).hits[0]?.score).toBeCloseTo(score, 12)
  })

  it('counts at most 65,535 occurrences in a field', () => {
    const index = createNotes('cat '.repeat(70_000), 'dog')
    const weight = 65_535 / (0.25 + (0.75 * 70_000) / 35_000.5)
    const score = Math.log(1 + 1.5 / 1.5) * ((weight * 2.5) / (weight + 1.5))
    expect(index.search({ match: 'cat' }).hits[0]?.score).toBeCloseTo(score, 12)
  })

  it('says what share of the query a document holds, unknown words counting most', () => {
    const index = createNotes('common rare', 'common', 'common')
    const [common, rare, unknown] = [3, 1, 0].map((documents) => Math.log(1 + (3.5 - documents) / (documents + 0.5)))
    const all = common! + rare! + unknown!
    expect(index.search({ match: 'common rare unknown unknown' }).hits).toMatchObject([
      { id: '0', coverage: expect.closeTo((common! + rare!) / all, 12), terms: ['common', 'rare'] },
      { id: '1', coverage: expect.closeTo(common! / all, 12), terms: ['common'] },
      { id: '2', coverage: expect.closeTo(common! / all, 12), terms: ['common'] },
    ])
    expect(index.search({ match: 'rare common' }).hits[0]?.coverage).toBe(1)
  })

  it('puts equal documents in the order they were added', () => {
    const index = createNotes(...Array.from({ length: 50 }, () => 'same'))
    expect(index.search({ match: 'same', limit: 3 })).toMatchObject({
      hits: [{ id: '0' }, { id: '1' }, { id: '2' }],
      total: 50,
    })
  })

  it('gives ten hits unless told otherwise', () => {
    const index = createNotes(...Array.from({ length: 20 }, () => 'same'))
    expect(index.search({ match: 'same' }).hits).toHaveLength(10)
    expect(index.search({ match: 'same', limit: Infinity }).hits).toHaveLength(20)
    expect(index.search({ match: 'same', limit: 0 })).toEqual({ hits: [], total: 20 })
  })

  it.each(['', ' ', 'unknown', '\u0000', '\ud800'])('finds nothing for %j', (match) => {
    expect(createNotes('a', 'b').search({ match })).toEqual({ hits: [], total: 0 })
  })

  it.each([
    [undefined, '"query" must be an object such as { match: "words" }, got undefined.'],
    ['words', '"query" must be an object such as { match: "words" }, got a string ("words").'],
    [{}, '"query.match" must be a string, got undefined.'],
    [{ match: 'a', filter: {} }, '"query" has no key "filter". Known: match, limit.'],
    [{ match: 'a', limit: -1 }, limitMessage('a number (-1)')],
    [{ match: 'a', limit: 1.5 }, limitMessage('a number (1.5)')],
    [{ match: 'a', limit: Number.NaN }, limitMessage('a number (NaN)')],
    [{ match: 'a', limit: '5' }, limitMessage('a string ("5")')],
  ])('refuses %j', (query, message) => {
    expect(() => createNotes('a').search(query as never)).toThrow(new TypeError(message))
  })
})

function limitMessage(came: string): string {
  return `"query.limit" must be a whole number of at least 0, or Infinity, got ${came}.`
}
