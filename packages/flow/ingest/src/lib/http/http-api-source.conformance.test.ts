import { createFakeServer, runConformance } from '@empire/test-support'
import { createHash } from 'node:crypto'
import { describe, it } from 'vitest'
import { sourceCases } from '../source-cases.ts'
import { httpApiSource } from './http-api-source.ts'

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
          changed: createHash('sha256').update(content).digest('hex'),
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
