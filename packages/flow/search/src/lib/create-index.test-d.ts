import { expectTypeOf } from 'vitest'
import { createIndex } from './create-index.ts'
import type { SearchIndex } from './search-index.ts'

const fields = {
  title: { type: 'text', weight: 2 },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  at: { type: 'date' },
  ok: { type: 'boolean' },
  v: { type: 'vector', dimensions: 2, from: ['title'] },
} as const
const index = createIndex({ fields })
expectTypeOf(index).toEqualTypeOf<SearchIndex<typeof fields>>()

void index.add([
  { id: 'a', title: ['A', 'B'], tag: 'x', year: [1, 2], at: new Date(), ok: true, v: [1, 2] },
  { id: 'b', title: undefined, at: '2026-11-28', v: new Float32Array(2) },
])
// @ts-expect-error -- a field that the index does not have
void index.add([{ id: 'a', titel: 'A' }])
// @ts-expect-error -- ids are strings
void index.add([{ id: 1 }])
// @ts-expect-error -- a number field holds numbers
void index.add([{ id: 'a', year: '1' }])

void index.search({ query: 'words' })
void index.search({ query: { match: 'words', mode: 'phrase', fields: ['title'] }, filter: { term: { tag: 'x' } } })
void index.search({
  query: { match: 'words', fields: { title: 2 } },
  sort: [{ field: 'year', order: 'desc' }, 'score'],
})
void index.search({
  query: { hybrid: [{ query: { match: 'a' } }, { query: { nearest: { field: 'v', text: 'a' } }, weight: 2 }] },
})
void index.search({ filter: { and: [{ range: { year: { gte: 1 } } }, { not: { exists: 'at' } }, { ids: ['a'] }] } })
void index.search({
  facets: { tag: { limit: 5 }, year: { ranges: [{ from: 1 }] }, at: { ranges: [{ to: '2026-01-01' }] } },
})
// @ts-expect-error -- a misspelt key would be ignored
void index.search({ querry: 'words' })
// @ts-expect-error -- words are looked for in text fields
void index.search({ query: { match: 'a', fields: ['tag'] } })
// @ts-expect-error -- nearness is that of vectors
void index.search({ query: { nearest: { field: 'title', text: 'a' } } })
// @ts-expect-error -- a keyword is compared with a string
void index.search({ filter: { term: { tag: 5 } } })
// @ts-expect-error -- text has no order
void index.search({ sort: [{ field: 'title' }] })
// @ts-expect-error -- keywords have no ranges to count
void index.search({ facets: { tag: { ranges: [] } } })
// @ts-expect-error -- a vector has a length
createIndex({ fields: { v: { type: 'vector' } } })

const { hits } = await index.search({ fields: ['title', 'year'] })
expectTypeOf(hits[0]?.id).toEqualTypeOf<string | undefined>()
expectTypeOf(hits[0]?.fields.year).toEqualTypeOf<number | readonly number[] | undefined>()
expectTypeOf(hits[0]?.highlights.title).toEqualTypeOf<readonly string[] | undefined>()
