import { describe, expect, it } from 'vitest'
import { contentHash } from './content-hash.ts'

describe('contentHash', () => {
  it.each([
    [{}, 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'],
    ['', 'sha256:12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126'],
    ['é😀', 'sha256:5120b0dbdd5539f03b48389a6740c87aa497758ca96b3d69165453c9e01f3235'],
  ])('is the SHA-256 of the canonical JSON of %j', (value, hash) => {
    expect(contentHash(value)).toBe(hash)
  })

  it('is equal for equal values', () => {
    expect(contentHash({ a: 1, b: [2] })).toBe(contentHash({ b: [2.0], a: 1, c: undefined }))
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }))
  })
})
