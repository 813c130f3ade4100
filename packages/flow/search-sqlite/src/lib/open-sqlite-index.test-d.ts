import type { SearchIndex } from '@empire/search'
import { openSqliteIndex } from './open-sqlite-index.ts'
import { rebuildSqliteIndex } from './rebuild-sqlite-index.ts'

const fields = { text: { type: 'text' }, year: { type: 'number' } } as const

const index = await openSqliteIndex('index.db', { fields, name: 'manual', durable: true })
index satisfies SearchIndex<typeof fields>
await index.add([{ id: 'a', text: 'fox', year: 2026 }])

// @ts-expect-error -- a year is a number
await index.add([{ id: 'a', year: '2026' }])
// @ts-expect-error -- there is no field of this name
await index.search({ filter: { exists: 'yaer' } })
// @ts-expect-error -- a schema is needed
await openSqliteIndex('index.db', { name: 'manual' })

await rebuildSqliteIndex('index.db', { fields }, async (next, { signal }) => {
  await next.add([{ id: 'a', text: 'fox' }], { signal })
})
