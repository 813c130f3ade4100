import { expectTypeOf } from 'vitest'
import type { JsonValue } from '../json-value.ts'
import type { Source } from '../source.ts'
import { httpApiSource } from './http-api-source.ts'

expectTypeOf(httpApiSource('https://api.test')).toEqualTypeOf<Source>()
httpApiSource('https://api.test', { next: { type: 'cursor', pointer: '/next', parameter: 'after' } })
httpApiSource('https://api.test', {
  content(record) {
    expectTypeOf(record).toEqualTypeOf<JsonValue>()
    return new URL('https://api.test/1')
  },
})
// @ts-expect-error -- a cursor has to go into a parameter
httpApiSource('https://api.test', { next: { type: 'cursor', pointer: '/next' } })
// @ts-expect-error -- a content is a text, bytes or a URL
httpApiSource('https://api.test', { content: () => 5 })
