import { describe, expect, it } from 'vitest'
import { detectMimeType } from './detect-mime-type.ts'

describe('detectMimeType', () => {
  it.each([
    ['https://example.com/cat.png', 'image/png'],
    ['https://example.com/a.b/Cat.JPEG?size=2.gif#x.pdf', 'image/jpeg'],
    ['report.pdf', 'application/pdf'],
    [String.raw`C:\notes.md`, 'text/markdown'],
    ['data:image/WebP;base64,AAAA', 'image/webp'],
    ['DATA:audio/mpeg,', 'audio/mpeg'],
    ['data:,Hi', undefined],
    ['data:image/png', undefined],
    ['data:;base64,AAAA', undefined],
    ['https://example.com', undefined],
    ['https://example.com/png', undefined],
    ['https://example.com/folder.png/', undefined],
    ['a.unknown', undefined],
    ['a.constructor', undefined],
    ['a.__proto__', undefined],
    ['.', undefined],
    ['', undefined],
  ])('takes %j for %s', (url, type) => {
    expect(detectMimeType(url)).toBe(type)
  })

  it('refuses what is no text', () => {
    expect(() => detectMimeType(new URL('https://example.com') as unknown as string)).toThrow(
      new TypeError('Expected "url" to be a string, got an object.'),
    )
  })
})
