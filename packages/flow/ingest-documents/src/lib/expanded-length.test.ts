import { describe, expect, it } from 'vitest'
import { expandedLength } from './expanded-length.ts'

describe('expandedLength', () => {
  it.each([
    // The example of ISO 32000-1, section 7.4.4.2.
    ['lzw', [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], 10],
    ['lzw', [], 0],
    ['run-length', [2, 65, 66, 67, 255, 65, 129, 65, 128, 9, 9], 3 + 2 + 128],
    ['run-length', [129], 128],
  ] as const)('of %s %j', (filter, data, length) => {
    expect(expandedLength(filter, Uint8Array.from(data), 1_000)).toBe(length)
  })

  it('looks no further than it has to', () => {
    const data = new Uint8Array(1_000_000).fill(129)
    expect(expandedLength('run-length', data, 1_000)).toBe(1_024)
    expect(expandedLength('lzw', data, 1_000)).toBeLessThan(2_000)
  })

  it('goes by codes of all widths', () => {
    const bits: string[] = []
    let width = 9
    const put = (code: number): void => void bits.push(code.toString(2).padStart(width, '0'))
    put(256)
    put(65)
    let length = 1
    // Each code is the one before and a byte.
    for (let code = 258; code < 4_000; code++) {
      put(code)
      length += code - 256
      if (code + 2 >= 1 << width && width < 12) width++
    }
    const data = Uint8Array.from(bits.join('').match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2))
    expect(expandedLength('lzw', data, 1e9)).toBeGreaterThan(length - 4_000)
    expect(expandedLength('lzw', data, 1e9)).toBeLessThanOrEqual(length)
  })
})
