import { createHash } from 'node:crypto'
import { createFakeServer, type FakeRequest, runConformance } from '@empire/test-support'
import { describe, it } from 'vitest'
import { sourceCases } from '../source-cases.ts'
import { httpSource } from './http-source.ts'

const etagOf = (content: Uint8Array): string => `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`

function answer({ headers, path }: FakeRequest, contents: ReadonlyMap<string, Uint8Array>) {
  const content = contents.get(path.slice(1))
  if (content === undefined) return { status: 404 }
  const etag = etagOf(content)
  if (headers['if-none-match'] === etag) return { status: 304 }
  return { body: content, headers: { etag, 'content-type': 'text/plain' } }
}

runConformance(
  sourceCases({
    async open() {
      const contents = new Map<string, Uint8Array>()
      const server = await createFakeServer((request) => answer(request, contents))
      let broken = false
      function* urls() {
        for (const name of contents.keys()) {
          yield `${server.url}/${name}`
          if (broken) throw new Error('broken')
        }
      }
      return {
        source: httpSource(urls),
        async put(name, content) {
          contents.set(name, content)
          return `${server.url}/${name}`
        },
        async remove(name) {
          contents.delete(name)
        },
        breakListing() {
          broken = true
        },
        close: () => server.close(),
      }
    },
  }),
  { describe, it, title: 'httpSource' },
)
