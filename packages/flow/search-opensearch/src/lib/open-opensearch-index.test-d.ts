import type { Client } from '@opensearch-project/opensearch'
import { expectTypeOf, test } from 'vitest'
import { openOpenSearchIndex } from './open-opensearch-index.ts'
import type { OpenSearchClient } from './opensearch-client.ts'

test('an index on OpenSearch knows its fields', async () => {
  const fields = { tag: { type: 'keyword' }, year: { type: 'number' } } as const
  const index = await openOpenSearchIndex({ fields, index: 'docs', connection: { node: 'http://127.0.0.1:9200' } })
  const { hits } = await index.search({ filter: { term: { tag: 'x' } }, fields: ['year'] })
  expectTypeOf(hits[0]?.fields.year).toEqualTypeOf<number | readonly number[] | undefined>()
  // @ts-expect-error there is no field "tags"
  await index.search({ filter: { term: { tags: 'x' } } })
})

test('the official client is a client', () => {
  expectTypeOf<Client>().toExtend<OpenSearchClient>()
})
