import { describe, expect, it } from 'vitest'
import { mediaTypeOf } from './media-type.ts'

describe('mediaTypeOf', () => {
  it.each([
    ['docs/guide.md', 'text/markdown'],
    ['.md', 'text/markdown'],
    [String.raw`C:\docs.v1\Report.PDF`, 'application/pdf'],
    ['README', 'text/plain'],
    ['lib/Makefile', 'text/plain'],
    ['main.tf', 'text/x-hcl'],
    ['notes.unknown', undefined],
    ['docs.md/notes', undefined],
    ['readme/image', undefined],
    ['md', undefined],
    ['', undefined],
  ])('knows that of %j', (path, mediaType) => {
    expect(mediaTypeOf(path)).toBe(mediaType)
  })
})
