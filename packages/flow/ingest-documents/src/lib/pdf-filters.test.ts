import { describe, expect, it } from 'vitest'
import { decodeTextFilter, pdfFilters } from './pdf-filters.ts'

describe('pdfFilters', () => {
  it.each([
    ['<< /Length 5 >>', []],
    ['<< /Filter /LZWDecode >>', ['LZW']],
    ['<</Filter[/ASCII85Decode/RunLengthDecode]/Length 5>>', ['A85', 'RL']],
    ['<< /F /Fl >>', ['Fl']],
    ['<< /Filter /DCTDecode /Font /F1 5 0 R >>', []],
    ['<< /Filter 7 0 R >>', undefined],
    ['<< /Filter [/FlateDecode 7 0 R] >>', undefined],
    ['<< /Filter /LZ#57Decode >>', undefined],
    ['<< /Filter /FlateDecode /F /LZW >>', undefined],
  ])('of %s', (dictionary, filters) => {
    expect(pdfFilters(dictionary)).toEqual(filters)
  })
})

describe('decodeTextFilter', () => {
  it.each([
    ['AHx', '61 6 2>63', 'ab'],
    ['A85', '87cURD\n]i,"Ebo80~>', 'Hello World!'],
    ['A85', 'z', '\0\0\0\0'],
    ['A85', '', ''],
  ] as const)('takes %s off %j', (filter, text, expected) => {
    expect(Buffer.from(decodeTextFilter(filter, Buffer.from(text))).toString()).toBe(expected)
  })
})
