import { deepEqual, equal } from 'node:assert/strict'
import { type CaseDefinition, finds, ranks, type Setting, withIndex } from './search-case.ts'

const fields = { title: { type: 'text', weight: 2 }, text: { type: 'text' } } as const

const library: Setting<typeof fields> = {
  fields,
  documents: [
    { id: 'retry', title: 'Retries', text: 'A failed call is tried again, three times at most.' },
    { id: 'timeout', title: 'Timeouts', text: 'Idle connections are closed after 30 seconds.' },
    { id: 'pool', title: 'Connection pool', text: 'The pool holds open connections for later calls.' },
    { id: 'cache', title: 'Cache', text: ['Values are kept for a minute.', 'Calls share one value.'] },
    { id: 'empty', title: '', text: [] },
    { id: 'none' },
  ],
}

/** Words that match: modes, fields, analysis. */
export const matchCases: readonly CaseDefinition[] = [
  finds(library, 'finds documents that have one of the words', { query: 'retries cache' }, ['retry', 'cache']),
  finds(library, 'finds words by other forms', { query: 'connecting' }, ['timeout', 'pool']),
  finds(library, 'finds words whatever their case', { query: 'CACHE' }, ['cache']),
  finds(library, 'finds words in every value of a field', { query: 'share' }, ['cache']),
  finds(library, 'finds numbers as words', { query: '30' }, ['timeout']),
  finds(library, 'finds nothing for words that no document has', { query: 'kubernetes' }, []),
  finds(library, 'finds nothing for an empty text', { query: '' }, []),
  finds(library, 'finds nothing for white space', { query: ' \t\n' }, []),
  finds(library, 'finds nothing for signs', { query: '?!. -"' }, []),
  finds(library, 'finds nothing for stop words alone', { query: 'the is a' }, []),
  finds(
    library,
    'does not miss stop words',
    { query: { match: 'what is the cache', mode: 'all' } },
    ['cache'],
    ['match.all'],
  ),
  finds(library, 'takes a text query as an object', { query: { match: 'cache' } }, ['cache']),
  finds(library, 'looks in the named fields only', { query: { match: 'connections', fields: ['title'] } }, ['pool']),
  finds(
    library,
    'looks in fields by weight only',
    { query: { match: 'connections', fields: { text: 3 } } },
    ['timeout', 'pool'],
    ['match.fields'],
  ),
  finds(
    library,
    'requires every word with mode all',
    { query: { match: 'pool connection', mode: 'all' } },
    ['pool'],
    ['match.all'],
  ),
  finds(
    library,
    'lets words of mode all be in different fields',
    { query: { match: 'timeouts seconds', mode: 'all' } },
    ['timeout'],
    ['match.all'],
  ),
  finds(
    library,
    'finds nothing with mode all if one word is unknown',
    { query: { match: 'cache xyz', mode: 'all' } },
    [],
    ['match.all'],
  ),
  finds(
    library,
    'does not look for words of mode all outside the named fields',
    { query: { match: 'timeouts seconds', mode: 'all', fields: ['text'] } },
    [],
    ['match.all'],
  ),
  ranks(
    {
      fields: { text: { type: 'text' } },
      documents: [
        { id: 'one', text: 'cat dog bird fish' },
        { id: 'two', text: 'cat cat cat fish' },
        { id: 'three', text: 'horse cow' },
      ],
    },
    'ranks a document that has the word more often higher',
    { query: 'cat' },
    ['two', 'one'],
  ),
  ranks(
    {
      fields: { text: { type: 'text' } },
      documents: [
        { id: 'long', text: `cat ${'filler words here '.repeat(30)}` },
        { id: 'short', text: 'cat nap' },
        { id: 'other', text: 'dog' },
      ],
    },
    'ranks a short document above a long one',
    { query: 'cat' },
    ['short', 'long'],
  ),
  ranks(
    {
      fields: { text: { type: 'text' } },
      documents: [
        ...Array.from({ length: 20 }, (_, at) => ({ id: `c${at}`, text: 'common thing here' })),
        { id: 'rare', text: 'rare thing here' },
      ],
    },
    'ranks a document with a rare word above one with a common word',
    { query: 'common rare', limit: 1 },
    ['rare'],
  ),
  ranks(
    {
      fields,
      documents: [
        { id: 'text', title: 'dog', text: 'cat' },
        { id: 'title', title: 'cat', text: 'dog' },
        { id: 'other', title: 'bird', text: 'bird' },
      ],
    },
    'counts a field by its weight',
    { query: 'cat' },
    ['title', 'text'],
  ),
  ranks(
    {
      fields,
      documents: [
        { id: 'text', title: 'dog', text: 'cat' },
        { id: 'title', title: 'cat', text: 'dog' },
        { id: 'other', title: 'bird', text: 'bird' },
      ],
    },
    'counts a field by the weight of the query instead',
    { query: { match: 'cat', fields: { title: 1, text: 20 } } },
    ['text', 'title'],
    ['match.fields'],
  ),
  ranks(
    { fields: { text: { type: 'text' } }, documents: ['c', 'a', 'b'].map((id) => ({ id, text: 'equal' })) },
    'puts equal scores in the order of the ids',
    { query: 'equal' },
    ['a', 'b', 'c'],
  ),
  withIndex('gives scores above 0, and 0 without a query', library, async (index) => {
    const { hits } = await index.search({ query: 'cache' })
    equal(
      hits.every(({ score }) => score > 0),
      true,
    )
    const all = await index.search({})
    deepEqual(
      all.hits.map(({ score }) => score),
      [0, 0, 0, 0, 0, 0],
    )
    equal(all.total, 6)
  }),
  withIndex(
    'gives ten hits unless told otherwise, and the total',
    {
      fields: { text: { type: 'text' } },
      documents: Array.from({ length: 15 }, (_, at) => ({ id: `${at}`, text: 'equal' })),
    },
    async (index) => {
      const ten = await index.search({ query: 'equal' })
      equal(ten.hits.length, 10)
      equal(ten.total, 15)
      const none = await index.search({ query: 'equal', limit: 0 })
      deepEqual([none.hits.length, none.total], [0, 15])
      equal((await index.search({ query: 'equal', limit: 10_000 })).hits.length, 15)
    },
  ),
]
