import { describe, expect, it } from 'vitest'
import { findSource } from './find-source.ts'

const known = [
  '/docs',
  '/docs#1',
  'https://a.test/page',
  'https://a.test/api#records=/items',
  's3://handbook/',
  'postgres://shop@db/shop#select 1 as id',
  'postgres://shop@db/two#select 1 as id',
  'postgres://shop@db/two#select 2 as id',
]

describe('findSource', () => {
  it.each([
    ['/docs/', '/docs'],
    ['/docs#1', '/docs#1'],
    ['HTTPS://A.test/page', 'https://a.test/page'],
    ['https://a.test/api', 'https://a.test/api#records=/items'],
    ['s3://handbook', 's3://handbook/'],
    ['postgres://shop@db/shop', 'postgres://shop@db/shop#select 1 as id'],
    ['postgres://shop:secret@db/two#select 2 as id', 'postgres://shop@db/two#select 2 as id'],
  ])('knows %s', (word, address) => {
    expect(findSource(word, known, 'docs.db')).toBe(address)
  })

  it.each([
    [
      'postgres://shop@db/none',
      'The index docs.db has no source postgres://shop@db/none. rag status tells those that it has.',
    ],
    ['/doc', 'The index docs.db has no source /doc. rag status tells those that it has.'],
    [
      'postgres://shop@db/two',
      'The index docs.db has 2 sources at postgres://shop@db/two. Name one as rag status shows it, in quotes.',
    ],
  ])('refuses %s', (word, message) => {
    expect(() => findSource(word, known, 'docs.db')).toThrow(expect.objectContaining({ message }))
  })
})
