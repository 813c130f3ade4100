import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { createLocator } from './locator.ts'
import { readText, type ReadTextOptions } from './read-text.ts'
import type { TextBlock } from './text-decoding.ts'

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function blocksOf(
  bytes: Uint8Array,
  {
    mediaType = 'text/plain',
    size = 7,
    ...options
  }: Partial<ReadTextOptions> & { mediaType?: string; size?: number } = {},
): Promise<TextBlock[]> {
  const blocks: TextBlock[] = []
  for await (const block of readText(
    'a.txt',
    { mediaType, bytes: piecesOf(bytes, size) },
    { end: 'paragraph', ...options },
  )) {
    blocks.push(block)
  }
  return blocks
}

const textsOf = (blocks: TextBlock[]): string[] => blocks.map(({ text }) => text)

describe('readText', () => {
  it.each([
    [
      'after a blank line that a line without an indent follows',
      'a\nb\n\nc\n\n  d\ne\n',
      14,
      ['a\nb\n\nc\n\n  d\ne\n'],
    ],
    ['before a line without an indent', 'aaaa\n\nb\n  c\n\n  d\ne\n', 12, ['aaaa\n\nb\n  c\n', '\n  d\ne\n']],
    ['after a blank line', 'aaaa\nbb\n\ncc', 10, ['aaaa\nbb\n\n', 'cc']],
    ['after a line', 'aaaa\nbb\ncc', 9, ['aaaa\nbb\n', 'cc']],
    ['after a space', 'aaaa bb cc', 9, ['aaaa bb ', 'cc']],
    ['after a character', 'ééééé', 5, ['éé', 'éé', 'é']],
  ])('ends a block %s', async (_where, text, blockSize, texts) => {
    expect(textsOf(await blocksOf(Buffer.from(text), { blockSize }))).toEqual(texts)
  })

  it('keeps lines whole where it must, and says when one is too long', async () => {
    const text = `${'a'.repeat(50)}\nb\n${'c'.repeat(20)}`
    const blocks = await blocksOf(Buffer.from(text), { end: 'line', blockSize: 8, longestLine: 60 })
    expect(textsOf(blocks).join('')).toBe(text)
    expect(textsOf(blocks)[0]).toMatch(/^a{50}\n/)
    await expect(blocksOf(Buffer.from(text), { end: 'line', blockSize: 8, longestLine: 20 })).rejects.toThrow(
      'a.txt: a line of more than 20 bytes. Split it.',
    )
  })

  it('decides on the encoding at the first bytes that are not ASCII', async () => {
    const bytes = Buffer.concat([Buffer.from('a\n\n'.repeat(10)), Buffer.from('Größe\n\n', 'latin1')])
    const blocks = await blocksOf(bytes, { blockSize: 16 })
    expect(blocks[0]).toMatchObject({ encoding: 'utf-8', confidence: undefined })
    expect(blocks.at(-1)).toMatchObject({ encoding: 'windows-1252', text: expect.stringContaining('Größe') })
  })

  it('believes what is said, unless the text is valid UTF-8', async () => {
    const mediaType = 'text/plain; charset="ISO-8859-5"'
    const bytes = new Uint8Array(iconv.encode('Привет', 'iso-8859-5'))
    expect(await blocksOf(bytes, { mediaType })).toMatchObject([{ text: 'Привет', encoding: 'iso-8859-5' }])
    expect(await blocksOf(Buffer.from('Привет'), { mediaType })).toMatchObject([{ text: 'Привет', encoding: 'utf-8' }])
  })

  it('believes UTF-16 only of what may be that', async () => {
    const mediaType = 'text/plain; charset=utf-16le'
    expect(await blocksOf(Buffer.from('plain'), { mediaType })).toMatchObject([{ text: 'plain', encoding: 'utf-8' }])
    const chinese = Buffer.from('中文没有零字节', 'utf16le')
    expect(await blocksOf(chinese, { mediaType })).toMatchObject([{ text: '中文没有零字节', encoding: 'utf-16le' }])
  })

  it('says where a NUL is', async () => {
    await expect(blocksOf(Buffer.from('\ufeffab\n\nc\0'), { blockSize: 6 })).rejects.toThrow(
      'a.txt: not text but binary data (a NUL at byte 8).',
    )
    await expect(blocksOf(Buffer.from('\ufeffab\0', 'utf16le'))).rejects.toThrow(
      'a.txt: not text but binary data (a NUL at byte 6).',
    )
  })

  const unit = fc.constantFrom('a', 'B', ' ', '\n', '\n\n', '\r\n', '\t', 'é', 'ß', 'は', '字', '。', '😀', '\u3000')

  it('gives all of the text, in blocks of a bounded size, and knows the place of each character', async () => {
    const texts = fc.tuple(
      fc.array(unit, { minLength: 1, maxLength: 120 }).map((units) => units.join('')),
      fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'gb18030'),
      fc.constantFrom('paragraph' as const, 'line' as const),
      fc.integer({ min: 16, max: 64 }),
      fc.integer({ min: 1, max: 20 }),
    )
    await fc.assert(
      fc.asyncProperty(texts, async ([text, encoding, end, blockSize, size]) => {
        const addBOM = encoding !== 'gb18030'
        const bytes = iconv.encode(text, encoding, { addBOM })
        const mediaType = `text/plain; charset=${encoding}`
        const blocks = await blocksOf(bytes, { mediaType, end, blockSize, size })
        expect(textsOf(blocks).join('')).toBe(text)
        let before = ''
        for (const block of blocks) {
          const locator = createLocator(block)
          let offset = 0
          for (const character of block.text) {
            const { line, byte } = locator.start(offset)
            expect(line).toBe(before.split('\n').length)
            const used = encoding === 'utf-8' || block.encoding === 'utf-8' ? 'utf-8' : encoding
            const mark = addBOM ? iconv.encode('\ufeff', encoding).length : 0
            expect(byte).toBe(mark + iconv.encode(before, used).length)
            before += character
            offset += character.length
          }
          expect(iconv.encode(block.text, encoding).length).toBeLessThanOrEqual(blockSize)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('follows bytes past what is broken in UTF-8', async () => {
    const piece = fc.oneof(
      unit.map((text) => Buffer.from(text)),
      fc
        .constantFrom(
          [0xff],
          [0xc3],
          [0xe2, 0x82],
          [0xf0, 0x9f, 0x98],
          [0xed, 0xa0, 0x80],
          [0xc0, 0xaf],
          [0xef, 0xbf, 0xbd],
        )
        .map((bytes) => Buffer.from(bytes)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.integer({ min: 16, max: 64 }),
        async (pieces, blockSize) => {
          // Enough of it is UTF-8 to be taken for that.
          const bytes = Buffer.concat([
            Buffer.from('é'.repeat(7)),
            ...pieces.flatMap((bytes_) => [bytes_, Buffer.from('ééééé')]),
          ])
          for (const block of await blocksOf(bytes, { blockSize })) {
            const locator = createLocator(block)
            for (let offset = 0; offset < block.text.length; offset++) {
              if (block.text[offset] !== 'é') continue
              const { byte } = locator.start(offset)
              expect(bytes.toString('utf8', byte, byte + 2)).toBe('é')
            }
          }
        },
      ),
    )
  })

  it('pulls no more than the next block needs', async () => {
    let pulled = 0
    async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
      for (;;) {
        pulled++
        yield Buffer.from('a line\n')
      }
    }
    const blocks = readText('a', { mediaType: 'text/plain', bytes: endless() }, { end: 'line', blockSize: 70 })
    await blocks.next()
    expect(pulled).toBe(11)
    await blocks.return()
  })
})
