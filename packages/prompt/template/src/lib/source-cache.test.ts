import { describe, expect, it } from 'vitest'
import { SourceCache } from './source-cache.ts'

describe('SourceCache', () => {
  it('drops what was used least recently once the keys are too long together', () => {
    const cache = new SourceCache<number>(306)
    cache.set('aa', 1)
    cache.set('bb', 2)
    cache.set('cc', 3)
    cache.get('aa')
    cache.set('dd', 4)
    expect(['aa', 'bb', 'cc', 'dd'].map((key) => cache.get(key))).toEqual([1, undefined, 3, 4])
  })

  it('counts a key once that is set again', () => {
    const cache = new SourceCache<number>(204)
    for (const value of [1, 2, 3]) cache.set('aa', value)
    cache.set('bb', 4)
    expect([cache.get('aa'), cache.get('bb')]).toEqual([3, 4])
  })

  it('does not keep a key that is too long by itself', () => {
    const cache = new SourceCache<number>(102)
    cache.set('aa', 1)
    cache.set('bbb', 2)
    expect([cache.get('aa'), cache.get('bbb')]).toEqual([1, undefined])
  })

  it('keeps the empty key', () => {
    const cache = new SourceCache<number>(100)
    cache.set('', 1)
    expect(cache.get('')).toBe(1)
  })
})
