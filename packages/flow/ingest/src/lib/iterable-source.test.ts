import { runConformance } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { ingest } from './ingest.ts'
import { iterableSource } from './iterable-source.ts'
import { functionSink } from './function-sink.ts'
import { sourceCases } from './source-cases.ts'

runConformance(
  sourceCases({
    open() {
      const contents = new Map<string, Uint8Array>()
      let broken = false
      function* items() {
        for (const [id, content] of contents) {
          yield { id, content }
          if (broken) throw new Error('broken')
        }
      }
      return {
        source: iterableSource(items, { name: 'list' }),
        async put(name, content) {
          contents.set(name, content)
          return name
        },
        async remove(name) {
          contents.delete(name)
        },
        breakListing() {
          broken = true
        },
        close() {},
      }
    },
  }),
  { describe, it, title: 'iterableSource' },
)

async function* stream() {
  yield new TextEncoder().encode('# Str')
  yield new TextEncoder().encode('eam')
}

describe('iterableSource', () => {
  it('gives texts, bytes and streams with what is known of them', async () => {
    const found: unknown[] = []
    await ingest({
      source: iterableSource(
        [
          { id: '1', content: 'A text.', metadata: { author: 'Ada' } },
          { id: '2', path: 'notes/2', content: new TextEncoder().encode('Bytes.') },
          { id: '3', content: stream(), mediaType: 'text/markdown' },
        ],
        { name: 'notes' },
      ),
      sink: functionSink(async ({ id, path, title, metadata }, chunks) => {
        for await (const { text } of chunks) found.push([id, path, title, metadata, text])
      }),
    })
    expect(found).toEqual([
      ['notes:1', '1', '1', { author: 'Ada' }, 'A text.'],
      ['notes:2', 'notes/2', '2', {}, 'Bytes.'],
      ['notes:3', '3', 'Stream', {}, '# Stream'],
    ])
  })

  it.each([
    [() => iterableSource([], { name: 'a:b' }), 'Expected "name" to be a name without a ":", got a string ("a:b").'],
    [
      () => iterableSource('text' as never, { name: 'a' }),
      'Expected "items" to be iterable, or a function that gives such, got a string ("text").',
    ],
    [
      () => iterableSource([], { name: 'a', partail: true } as never),
      '"options" has no key "partail". Did you mean "partial"?',
    ],
  ])('refuses misuse', (make, message) => {
    expect(make).toThrow(new TypeError(message))
  })
})
