import { describe, expect, it } from 'vitest'
import type { Chunk, Chunker } from './chunker.ts'
import { defaultParsers } from './default-parsers.ts'
import { IngestError } from './ingest-error.ts'
import { readDocument } from './read-document.ts'
import { sentenceChunker } from './sentence-chunker.ts'
import { structureChunker } from './structure-chunker.ts'
import { tokenChunker } from './token-chunker.ts'

const times = 5000
const contents: readonly (readonly [what: string, content: string | Uint8Array])[] = [
  ['one line of a megabyte', 'word '.repeat(200_000)],
  ['one word of a megabyte', 'x'.repeat(1_000_000)],
  ['no spaces', '字'.repeat(100_000)],
  ['nested tags', '<div>'.repeat(100_000)],
  ['nested brackets', '['.repeat(100_000)],
  ['nested lists', Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
  ['quotes', '"'.repeat(times)],
  ['quoted quotes', `a,b\n${'"",'.repeat(times)}`],
  ['separators', ','.repeat(times)],
  ['blank lines', `a${'\n'.repeat(100_000)}b`],
  ['carriage returns', 'a\r'.repeat(times)],
  ['combining marks', `a${'\u0301'.repeat(times)}`],
  ['emoji', '👩‍👩‍👧'.repeat(times)],
  ['dots', '. '.repeat(times)],
  ['abbreviations', 'Mr. '.repeat(times)],
  ['headings', '# a\n'.repeat(times)],
  ['fences', '```\n'.repeat(times)],
  ['backslashes', `["${'\\'.repeat(times)}"]`],
  ['lone surrogates in UTF-8', Buffer.from('\ud800a'.repeat(1000), 'utf16le')],
  ['surrogates encoded one by one', Buffer.from('eda080edb080'.repeat(1000), 'hex')],
  [
    'broken UTF-8',
    Buffer.concat(Array.from({ length: 2000 }, () => Buffer.from([0x61, 0xc3, 0xa9, 0xe2, 0x82, 0x20]))),
  ],
  ['bytes of all values', Uint8Array.from({ length: 65_536 }, (_, index) => (index % 255) + 1)],
  ['a NUL at the end', `${'a '.repeat(1000)}\0`],
  ['zero bytes', new Uint8Array(10_000)],
]

describe.each(contents)('%s', (_what, content) => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content

  /** The chunks that are not as they should be; `undefined` where there is an error that is none of ours. */
  async function unsoundChunks(mediaTypes: readonly string[], chunker: Chunker): Promise<Chunk[] | undefined> {
    const mediaType = mediaTypes[0] === 'text/*' ? 'text/x-c' : mediaTypes[0]!
    try {
      const { chunks } = await readDocument({ id: 'a', path: 'a' }, { bytes, mediaType }, { chunker })
      return chunks.filter(
        ({ text, bytes: { start, end } }) => !text.isWellFormed() || start > end || end > bytes.length,
      )
    } catch (error) {
      return error instanceof IngestError && error.code !== 'parser_failed' ? [] : undefined
    }
  }

  it.each(defaultParsers)('is read or refused by $fingerprint', async ({ mediaTypes }) => {
    expect(await unsoundChunks(mediaTypes, structureChunker())).toEqual([])
  })

  it.each([
    ['tokens', tokenChunker({ maxTokens: 100, overlap: 50 })],
    ['sentences', sentenceChunker({ maxTokens: 100, overlap: 50 })],
  ])('is cut by %s', async (_how, chunker) => {
    expect(await unsoundChunks(['text/plain'], chunker)).toEqual([])
  })
})
