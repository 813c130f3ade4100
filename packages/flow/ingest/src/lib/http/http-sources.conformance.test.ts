import { createHash } from 'node:crypto'
import { createFakeServer, type FakeRequest, runConformance } from '@empire/test-support'
import { describe, it } from 'vitest'
import { sourceCases } from '../source-cases.ts'
import { httpApiSource } from './http-api-source.ts'
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

runConformance(
  sourceCases({
    async open() {
      const contents = new Map<string, Uint8Array>()
      let broken = false
      const server = await createFakeServer(({ url }) => {
        const start = Number(url.searchParams.get('from') ?? 0)
        if (broken && start > 0) return { status: 400 }
        const records = [...contents].slice(start, start + 2).map(([name, content]) => ({
          id: name,
          changed: etagOf(content),
          body: Buffer.from(content).toString('base64'),
        }))
        return { body: { records, next: start + 2 < contents.size ? start + 2 : null } }
      })
      return {
        source: httpApiSource(server.url, {
          records: '/records',
          version: '/changed',
          next: { type: 'cursor', pointer: '/next', parameter: 'from' },
          content: (record) => Buffer.from((record as { body: string }).body, 'base64'),
        }),
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
        close: () => server.close(),
      }
    },
  }),
  { describe, it, title: 'httpApiSource' },
)
