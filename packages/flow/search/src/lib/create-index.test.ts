import type { Analyzer } from '@empire/analyzer'
import { describe, expect, it } from 'vitest'
import { createIndex } from './create-index.ts'
import type { Embedder } from './embedder.ts'

/** Words as they stand: what a test says is what is indexed. */
const words: Analyzer = {
  name: 'words',
  tokens: (text) => text.split(' ').filter((word) => word !== ''),
  term: (token) => token,
}
const text = { text: { type: 'text' } } as const

async function createNotes(...texts: string[]) {
  const index = createIndex({ fields: text, analyzer: words })
  await index.add(texts.map((value, number) => ({ id: `${number}`, text: value })))
  return index
}

describe('createIndex', () => {
  it('finds English text by other forms of its words', async () => {
    const index = createIndex({ fields: { title: { type: 'text', weight: 2 }, text: { type: 'text' } } })
    await index.add([
      { id: 'a', title: 'Retries', text: 'A failed call is tried again.' },
      { id: 'b', title: 'Timeouts', text: 'Connections are closed after 30 seconds.' },
    ])
    expect(await index.search({ query: 'When is the connection closed?' })).toEqual({
      hits: [
        {
          id: 'b',
          score: expect.closeTo(1.3026, 4),
          coverage: 1,
          terms: ['connect', 'close'],
          fields: {},
          highlights: {},
        },
      ],
      total: 1,
      facets: {},
    })
  })

  it.each([
    [undefined, '"options" must be an object with "fields", got undefined.'],
    [{}, '"fields" must be an object of field definitions, such as { text: { type: "text" } }, got undefined.'],
    [
      { fields: ['text'] },
      '"fields" must be an object of field definitions, such as { text: { type: "text" } }, got an array.',
    ],
    [{ fields: {} }, '"fields" must name at least one field, got an empty object.'],
    [
      { fields: { id: { type: 'text' } } },
      '"fields.id" is taken: "id" identifies a document. Name the field otherwise.',
    ],
    [{ fields: { text: true } }, '"fields.text" must be an object such as { type: "text" }, got a boolean (true).'],
    [
      { fields: { text: { type: 'txt' } } },
      '"fields.text.type" must be one of "text", "keyword", "number", "date", "boolean", "vector", got a string ("txt"). Did you mean "text"?',
    ],
    [{ fields: { text: { type: 'text', wieght: 2 } } }, '"fields.text" has no key "wieght". Did you mean "weight"?'],
    [
      { fields: { text: { type: 'text', weight: 0 } } },
      '"fields.text.weight" must be a number from 0.001 to 1000, got a number (0).',
    ],
    [
      { fields: { text: { type: 'text', analyzer: 'englisch' } } },
      '"fields.text.analyzer" must be "english", "plain" or an analyzer, such as loadAnalyzer("german") of "@empire/analyzer-languages" gives, got a string ("englisch"). Did you mean "english"?',
    ],
    [
      { fields: { tag: { type: 'keyword', stored: 1 } } },
      '"fields.tag.stored" must be true or false, got a number (1).',
    ],
    [
      { fields: { v: { type: 'vector', dimensions: 0 } } },
      '"fields.v.dimensions" must be a whole number from 1 to 16384, got a number (0).',
    ],
    [
      { fields: { v: { type: 'vector', dimensions: 2, metric: 'l2' } } },
      '"fields.v.metric" must be "cosine" or "dot", got a string ("l2").',
    ],
    [
      { fields: { text: { type: 'text' }, v: { type: 'vector', dimensions: 2, from: ['texts'] } } },
      '"fields.v.from" must name text fields ("text"), got "texts". Did you mean "text"?',
    ],
    [
      { fields: text, stopwords: [] },
      '"options" has no key "stopwords". Known: fields, analyzer, embedder, embeddingCache, approximateOver.',
    ],
    [
      { fields: text, analyzer: {} },
      '"analyzer" must be the name of an analyzer, or an object with "name", "tokens" and "term", got an object.',
    ],
    [
      { fields: text, embedder: { id: 'x', embed() {}, maxTexts: 0 } },
      '"embedder" must be an object with "id", "embed" and, if it says so, a whole "maxTexts" from 1 on, got an object.',
    ],
    [{ fields: text, approximateOver: -1 }, '"approximateOver" must be a number of at least 0, got a number (-1).'],
  ])('refuses %j', (options, message) => {
    expect(() => createIndex(options as never)).toThrow(new TypeError(message))
  })
})

describe('add', () => {
  it('adds nothing when the analyzer throws', async () => {
    const failure = new Error('no such word')
    const index = createIndex({
      fields: { ...text, tag: { type: 'keyword' }, v: { type: 'vector', dimensions: 1 } },
      analyzer: {
        ...words,
        term(token) {
          if (token === 'bad') throw failure
          return token
        },
      },
    })
    await index.add([{ id: 'a', text: 'one', tag: 'x', v: [1] }])
    const before = await index.search({ query: 'one', explain: true })
    await expect(
      index.add([
        { id: 'a', text: 'one two', tag: 'y' },
        { id: 'b', text: 'one bad', tag: 'y' },
      ]),
    ).rejects.toBe(failure)
    expect(await index.search({ query: 'one', explain: true })).toEqual(before)
    await index.add([{ id: 'c', text: 'one', tag: 'z', v: [2] }])
    expect((await index.search({ filter: { term: { tag: 'z' } } })).hits.map(({ id }) => id)).toEqual(['c'])
    expect((await index.search({ filter: { exists: 'v' } })).total).toBe(2)
    expect((await index.search({ query: { match: 'one', mode: 'phrase' } })).total).toBe(2)
  })

  it('leaves nothing of a document that the analyzer threw at in the phrases of the next one', async () => {
    const index = createIndex({
      fields: text,
      analyzer: {
        ...words,
        term(token) {
          if (token === 'bad') throw new Error('no such word')
          return token
        },
      },
    })
    await expect(index.add([{ id: 'a', text: 'one two bad' }])).rejects.toThrow('no such word')
    await index.add([{ id: 'b', text: 'two one' }])
    expect((await index.search({ query: { match: 'one two', mode: 'phrase' } })).total).toBe(0)
    await index.optimize()
    expect((await index.search({ query: { match: 'two one', mode: 'phrase' } })).total).toBe(1)
  })

  it('takes fields of several analyzers', async () => {
    const index = createIndex({
      fields: { a: { type: 'text', analyzer: 'plain' }, b: { type: 'text', analyzer: 'english' } },
    })
    await index.add([
      { id: '1', a: 'connections', b: 'closed' },
      { id: '2', a: 'closed', b: 'connections' },
    ])
    const ids = async (match: string, mode: 'any' | 'all') =>
      (await index.search({ query: { match, mode }, sort: [] })).hits.map(({ id }) => id).toSorted()
    expect(await ids('connection', 'any')).toEqual(['2'])
    expect(await ids('connections', 'any')).toEqual(['1', '2'])
    expect(await ids('closing connection', 'all')).toEqual([])
    expect(await ids('closed connections', 'all')).toEqual(['1', '2'])
  })
})

describe('search', () => {
  it('scores as BM25 with k1 = 1.5 and b = 0.75', async () => {
    const index = await createNotes('cat cat dog', 'dog', 'bird bird bird bird bird')
    // cat: 1 of 3 documents; twice in a text of 3 words, where the average is also 3.
    const cat = Math.log(1 + 2.5 / 1.5) * ((2 * 2.5) / (2 + 1.5))
    // dog: 2 of 3 documents; once in texts of 3 words and of 1 word.
    const idf = Math.log(1 + 1.5 / 2.5)
    const dogs = [idf * (2.5 / (1 + 1.5)), idf * (2.5 / (1 + 1.5 * (0.25 + 0.75 / 3)))]
    expect((await index.search({ query: 'cat' })).hits[0]?.score).toBeCloseTo(cat, 12)
    expect((await index.search({ query: 'dog' })).hits).toMatchObject([
      { id: '1', score: expect.closeTo(dogs[1] as number, 12) },
      { id: '0', score: expect.closeTo(dogs[0] as number, 12) },
    ])
    expect((await index.search({ query: 'cat dog dog' })).hits[0]?.score).toBeCloseTo(cat + 2 * (dogs[0] as number), 12)
  })

  it('counts at most 65,535 occurrences in a field', async () => {
    const index = await createNotes('cat '.repeat(70_000), 'dog')
    const weight = 65_535 / (0.25 + (0.75 * 70_000) / 35_000.5)
    const score = Math.log(1 + 1.5 / 1.5) * ((weight * 2.5) / (weight + 1.5))
    expect((await index.search({ query: 'cat' })).hits[0]?.score).toBeCloseTo(score, 12)
  })

  it('says what share of the query a document holds, unknown words counting most', async () => {
    const index = await createNotes('common rare', 'common', 'common')
    const [common, rare, unknown] = [3, 1, 0].map((documents) => Math.log(1 + (3.5 - documents) / (documents + 0.5)))
    const all = common! + rare! + unknown!
    expect((await index.search({ query: 'common rare unknown unknown' })).hits).toMatchObject([
      { id: '0', coverage: expect.closeTo((common! + rare!) / all, 12), terms: ['common', 'rare'] },
      { id: '1', coverage: expect.closeTo(common! / all, 12), terms: ['common'] },
      { id: '2', coverage: expect.closeTo(common! / all, 12), terms: ['common'] },
    ])
  })

  it('takes a query of 70,000 different words', async () => {
    const all = Array.from({ length: 70_000 }, (_, at) => `w${at}`).join(' ')
    const index = await createNotes(all, 'w1')
    expect((await index.search({ query: { match: all, mode: 'all' } })).total).toBe(1)
  })

  it('compares the directions of vectors of any length', async () => {
    const index = createIndex({ fields: { v: { type: 'vector', dimensions: 2 } } })
    await index.add([
      { id: 'same', v: [1e-42, 0] },
      { id: 'across', v: [0, 1e-42] },
      { id: 'between', v: [3e38, 3e38] },
    ])
    const { hits } = await index.search({ query: { nearest: { field: 'v', vector: [5, 0] } } })
    expect(hits).toMatchObject([
      { id: 'same', score: 1 },
      { id: 'between', score: expect.closeTo(Math.SQRT1_2, 12) },
      { id: 'across', score: 0 },
    ])
    await expect(index.add([{ id: 'none', v: [1e-46, 0] }])).rejects.toMatchObject({ code: 'invalid_document' })
  })

  it('counts a facet over a document of 50,000 values, and each once', async () => {
    const index = createIndex({ fields: { tag: { type: 'keyword' } } })
    const tag = Array.from({ length: 50_000 }, (_, at) => `${at % 49_999}`)
    await index.add([{ id: 'a', tag }])
    expect((await index.search({ facets: { tag: { limit: 1 } } })).facets).toEqual({ tag: [{ value: '0', count: 1 }] })
  })

  it('refuses a filter with a hole', async () => {
    const index = await createNotes('one')
    const filter = { and: Array.from({ length: 1 }) } as never
    delete (filter as { and: unknown[] }).and[0]
    await expect(index.search({ filter })).rejects.toMatchObject({
      code: 'invalid_query',
      message:
        '"filter.and[0]" must be an object with exactly one of "and", "or", "not", "term", "in", "range", "exists", "ids", got undefined.',
    })
  })

  it.each([
    [undefined, [256, 44]],
    [100, [200, 100]],
    [2048, [256, 44]],
  ])('embeds in batches that fill the requests of an embedder of %s texts', async (maxTexts, sizes) => {
    const asked: number[] = []
    const embedder: Embedder = {
      id: 'sizes',
      maxTexts,
      async embed(texts) {
        asked.push(texts.length)
        return { vectors: texts.map(() => [1]) }
      },
    }
    const fields = { text: { type: 'text' }, v: { type: 'vector', dimensions: 1, from: ['text'] } } as const
    const index = createIndex({ fields, embedder })
    await index.add(Array.from({ length: 300 }, (_, at) => ({ id: `${at}`, text: `word ${at}` })))
    expect(asked).toEqual(sizes)
  })

  it('rejects when it is aborted, whether or not the embedder stops', async () => {
    const index = createIndex({
      fields: { ...text, v: { type: 'vector', dimensions: 1, from: ['text'] } },
      embedder: { id: 'stuck', embed: () => new Promise(() => {}) },
    })
    const controller = new AbortController()
    const search = index.search({ query: { nearest: { field: 'v', text: 'x' } } }, { signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(search).rejects.toThrow('enough')
  })

  it('answers a hybrid query from one state, whatever is written meanwhile', async () => {
    const index = await createNotes('cat', 'cat cat')
    const search = index.search({ query: { hybrid: [{ query: { match: 'cat' } }] }, fields: ['text'] })
    const remove = index.remove(['0'])
    expect((await search).hits.map(({ id }) => id).toSorted()).toEqual(['0', '1'])
    expect(await remove).toBe(1)
  })

  it('refuses a phrase of more than 256 words', async () => {
    const index = await createNotes('a a')
    await expect(index.search({ query: { match: 'a '.repeat(257), mode: 'phrase' } })).rejects.toMatchObject({
      code: 'invalid_query',
      message: 'A phrase must have at most 256 words, got 257.',
    })
  })
})

describe('optimize', () => {
  it('happens by itself after many removals, while searches go on', async () => {
    const index = createIndex({ fields: { ...text, v: { type: 'vector', dimensions: 1 } }, analyzer: words })
    await index.add(
      Array.from({ length: 30_000 }, (_, at) => ({ id: `${at}`, text: `word${at} some more words`, v: [at + 1] })),
    )
    await index.remove(Array.from({ length: 20_000 }, (_, at) => `${at}`))
    const answers = await Promise.all([
      index.search({ query: 'some' }),
      index.add([{ id: 'late', text: 'some' }]),
      index.search({ query: 'word25000' }),
    ])
    expect(answers[0].total).toBe(10_000)
    expect(answers[2].hits[0]?.id).toBe('25000')
    expect(await index.statistics()).toMatchObject({ documents: 10_001, deleted: 0 })
    expect((await index.search({ query: 'some' })).total).toBe(10_001)
    expect((await index.search({ query: { match: 'word29999 some', mode: 'phrase' } })).total).toBe(1)
  })
})
