import { expectTypeOf } from 'vitest'
import { createIndex, type SearchIndex } from './create-index.ts'

const index = createIndex({ fields: { title: { weight: 2 }, text: {} } })
expectTypeOf(index).toEqualTypeOf<SearchIndex<'title' | 'text'>>()

index.add([
  { id: 'a', title: 'A', text: ['one', 'two'] },
  { id: 'b', text: undefined },
])
index.add(new Set([{ id: 'a', title: 'A', unrelated: 1 }]))

// @ts-expect-error -- a field that the index does not have
index.add([{ id: 'a', titel: 'A' }])
// @ts-expect-error -- ids are strings
index.add([{ id: 1 }])
// @ts-expect-error -- a field holds text
index.add([{ id: 'a', text: 1 }])
// @ts-expect-error -- an unknown part of a query would be ignored
index.search({ match: 'a', filter: {} })
// @ts-expect-error -- an unknown option of a field would be ignored
createIndex({ fields: { text: { boost: 2 } } })

expectTypeOf(index.search({ match: 'a' }).hits[0]?.id).toEqualTypeOf<string | undefined>()
