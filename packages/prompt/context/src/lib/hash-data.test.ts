import { contentHash } from '@empire/record'
import { describe, expect, it } from 'vitest'
import { hashData } from './hash-data.ts'

describe('hashData', () => {
  it('is the hash of the canonical JSON', () => {
    expect(hashData({ b: [1, 'é'], a: undefined })).toBe(contentHash({ b: [1, 'é'] }))
  })

  it('tells halves of surrogate pairs apart, in keys too', () => {
    const values = ['\uD800', '\uD801', '\uFFFD', String.raw`\ud800`, String.raw`"\ud800"`]
    const hashes = [...values, ...values].flatMap((text) => [hashData([text]), hashData({ [text]: 1 })])
    expect(new Set(hashes).size).toBe(2 * values.length)
  })

  it('goes as deep as the data', () => {
    let deep: unknown = '\uD800'
    for (let depth = 0; depth < 20_000; depth++) deep = [deep]
    expect(hashData({ deep })).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})
