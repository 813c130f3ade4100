import { deepEqual, equal } from 'node:assert/strict'
import type { SearchIndex } from '../search-index.ts'
import type { SearchRequest } from '../search-request.ts'
import { type CaseDefinition, finds, refuses, type Setting, withIndex } from './search-case.ts'

const fields = {
  text: { type: 'text' },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  at: { type: 'date' },
  ok: { type: 'boolean' },
} as const
type Fields = typeof fields

const items: Setting<Fields> = {
  fields,
  documents: [
    { id: 'a', text: 'fox', tag: 'b', year: 2, at: '2020-01-02', ok: true },
    { id: 'b', text: 'fox fox', tag: ['a', 'z'], year: [9, 1], at: '2020-01-01', ok: false },
    { id: 'c', text: 'fox fox fox', tag: 'B', year: 10, at: '2019-12-31T23:59:59.999Z' },
    { id: 'd', text: 'fox', tag: 'b', year: 2 },
    { id: 'e', text: 'fox' },
  ],
}

const many: Setting<Fields> = {
  fields,
  documents: Array.from({ length: 57 }, (_, at) => ({
    id: `${String.fromCharCode(97 + (at % 26))}${at}`,
    text: 'fox',
    year: at % 4,
    ...(at % 5 === 0 ? {} : { tag: `t${at % 3}` }),
  })),
}

/** All ids, page by page. */
async function pages(index: SearchIndex<Fields>, request: SearchRequest<Fields>, limit: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const result = await index.search({ ...request, limit, cursor })
    ids.push(...result.hits.map(({ id }) => id))
    cursor = result.cursor
    equal(ids.length <= 1000, true, 'paging comes to an end')
  } while (cursor !== undefined)
  return ids
}

function pagesAlike(name: string, request: SearchRequest<Fields>): CaseDefinition {
  return withIndex(
    `pages through ${name}, each document once and in order`,
    many,
    async (index) => {
      const all = (await index.search({ ...request, limit: 1000 })).hits.map(({ id }) => id)
      for (const limit of [1, 7, 56, 57, 100]) deepEqual(await pages(index, request, limit), all)
    },
    ['sort', 'cursor'],
  )
}

const byYear = [{ field: 'year' }] as const

/** Orders and pages. */
export const sortCases: readonly CaseDefinition[] = [
  finds(
    items,
    'sorts by a number, several values by their least',
    { sort: byYear },
    ['b', 'a', 'd', 'c', 'e'],
    ['sort'],
  ),
  finds(
    items,
    'sorts downwards, several values by their greatest',
    { sort: [{ field: 'year', order: 'desc' }] },
    ['c', 'b', 'a', 'd', 'e'],
    ['sort'],
  ),
  finds(
    items,
    'puts documents without a value first if asked to',
    { sort: [{ field: 'year', missing: 'first' }] },
    ['e', 'b', 'a', 'd', 'c'],
    ['sort'],
  ),
  finds(
    items,
    'puts documents without a value first downwards if asked to',
    { sort: [{ field: 'year', order: 'desc', missing: 'first' }] },
    ['e', 'c', 'b', 'a', 'd'],
    ['sort'],
  ),
  finds(items, 'sorts keywords by code points', { sort: [{ field: 'tag' }] }, ['c', 'b', 'a', 'd', 'e'], ['sort']),
  finds(
    items,
    'sorts keywords downwards',
    { sort: [{ field: 'tag', order: 'desc' }] },
    ['b', 'a', 'd', 'c', 'e'],
    ['sort'],
  ),
  finds(items, 'sorts by a date', { sort: [{ field: 'at' }] }, ['c', 'b', 'a', 'd', 'e'], ['sort']),
  finds(items, 'sorts by a boolean, false first', { sort: [{ field: 'ok' }] }, ['b', 'a', 'c', 'd', 'e'], ['sort']),
  finds(
    items,
    'sorts by several keys',
    { sort: [{ field: 'tag' }, { field: 'at', missing: 'first' }] },
    ['c', 'b', 'd', 'a', 'e'],
    ['sort'],
  ),
  finds(
    items,
    'sorts what words find',
    { query: 'fox', sort: [{ field: 'year', order: 'desc' }] },
    ['c', 'b', 'a', 'd', 'e'],
    ['sort'],
  ),
  finds(
    items,
    'sorts by the score as a later key',
    { query: 'fox', filter: { ids: ['a', 'c', 'd', 'e'] }, sort: [{ field: 'ok' }, 'score'] },
    ['a', 'c', 'd', 'e'],
    ['sort'],
  ),
  finds(items, 'sorts by ids without a query', { sort: [] }, ['a', 'b', 'c', 'd', 'e']),
  finds(
    {
      fields: { text: { type: 'text' } },
      documents: ['\u{1f600}', '\ufb01', 'z', 'Z', 'é', '10', '9'].map((id) => ({ id, text: 'x' })),
    },
    'sorts ids by code points',
    { sort: [] },
    ['10', '9', 'Z', 'z', 'é', '\ufb01', '\u{1f600}'],
  ),
  withIndex(
    'gives scores also where another key sorts',
    items,
    async (index) => {
      const { hits } = await index.search({ query: 'fox', sort: byYear })
      equal(
        hits.every(({ score }) => score > 0),
        true,
      )
    },
    ['sort'],
  ),
  pagesAlike('equal scores', { query: 'fox' }),
  pagesAlike('all documents', {}),
  pagesAlike('a field with ties', { sort: byYear }),
  pagesAlike('a field with missing values', { sort: [{ field: 'tag' }, { field: 'year', order: 'desc' }] }),
  pagesAlike('missing values first', { sort: [{ field: 'tag', order: 'desc', missing: 'first' }] }),
  pagesAlike('a filter', { filter: { range: { year: { gte: 2 } } }, sort: byYear }),
  withIndex(
    'gives no cursor behind the last hit',
    many,
    async (index) => {
      equal((await index.search({ query: 'fox', limit: 57 })).cursor, undefined)
      equal((await index.search({ query: 'nothing' })).cursor, undefined)
      equal(typeof (await index.search({ query: 'fox', limit: 56 })).cursor, 'string')
    },
    ['cursor'],
  ),
  withIndex(
    'keeps total and facets on every page',
    many,
    async (index) => {
      const first = await index.search({ query: 'fox', limit: 3, facets: { tag: {} } })
      const second = await index.search({ query: 'fox', limit: 3, facets: { tag: {} }, cursor: first.cursor })
      deepEqual([second.total, second.facets], [57, first.facets])
    },
    ['cursor', 'facets.values'],
  ),
  withIndex(
    'goes on where it was after a removal',
    many,
    async (index) => {
      const first = await index.search({ sort: byYear, limit: 10 })
      await index.remove(first.hits.slice(5).map(({ id }) => id))
      const second = await index.search({ sort: byYear, limit: 100, cursor: first.cursor })
      equal(second.hits.length, 47)
    },
    ['sort', 'cursor'],
  ),
  withIndex(
    'takes another limit with a cursor',
    many,
    async (index) => {
      const { cursor } = await index.search({ query: 'fox', limit: 1 })
      equal((await index.search({ query: 'fox', limit: 2, cursor })).hits.length, 2)
    },
    ['cursor'],
  ),
  withIndex(
    'refuses the cursor of another request',
    many,
    async (index) => {
      const { cursor } = await index.search({ query: 'fox', limit: 1 })
      for (const other of [
        { query: 'dog' },
        { query: 'fox', filter: { exists: 'tag' } },
        { query: 'fox', sort: byYear },
      ] as const) {
        await refuses(
          index.search({ ...other, cursor }),
          'invalid_cursor',
          '"cursor" must be of the same request, with the same "query", "filter" and "sort", got that of another one.',
        )
      }
    },
    ['cursor', 'sort'],
  ),
  withIndex(
    'refuses other text as a cursor',
    many,
    async (index) => {
      for (const cursor of ['', 'x', 'WzFd', '!!!', "' OR 1=1", 'x'.repeat(30_000)]) {
        await refuses(
          index.search({ cursor }),
          'invalid_cursor',
          '"cursor" must be the cursor of a result, got other text.',
        )
      }
    },
    ['cursor'],
  ),
]
