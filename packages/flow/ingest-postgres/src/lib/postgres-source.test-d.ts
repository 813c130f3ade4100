import type { Source } from '@empire/ingest'
import { expectTypeOf } from 'vitest'
import type { PostgresRow } from './decode-value.ts'
import { postgresSource } from './postgres-source.ts'

const asked = { connection: 'postgres://localhost/db', query: 'select 1 as id' }

expectTypeOf(postgresSource(asked)).toExtend<Source>()
postgresSource({ ...asked, id: ({ id }) => String(id), content: (row) => JSON.stringify(row) })
postgresSource({
  ...asked,
  content(row) {
    expectTypeOf(row).toEqualTypeOf<PostgresRow>()
    return new Uint8Array()
  },
})
// @ts-expect-error -- an id is a text: two numbers that look alike are one
postgresSource({ ...asked, id: ({ id }) => id })
// @ts-expect-error -- there is no query
postgresSource({ connection: asked.connection })
