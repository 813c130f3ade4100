import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { defaultParsers } from './default-parsers.ts'
import { readDocument } from './read-document.ts'

const known = defaultParsers.flatMap(({ mediaTypes }) => mediaTypes).join(', ')

function read(bytes: Uint8Array | string, { path = 'docs/a.txt', mediaType = 'text/plain' } = {}) {
  return readDocument({ id: 'a', path }, { bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, mediaType })
}

describe('readDocument', () => {
  it('gives plain data', async () => {
    const { document, chunks } = await read('One\nline.\n\n \t\nTwo.\r\n')
    const version = createHash('sha256').update('One\nline.\n\n \t\nTwo.\r\n').digest('hex')
    expect(document).toEqual({
      id: 'document:a',
      source: 'document',
      itemId: 'a',
      path: 'docs/a.txt',
      title: 'a',
      mediaType: 'text/plain',
      version,
      bytes: 20,
      metadata: {},
    })
    expect(chunks).toEqual([
      {
        id: 'document:a#0',
        documentId: 'document:a',
        version,
        path: 'docs/a.txt',
        title: 'a',
        position: 0,
        headings: [],
        text: 'One\nline.\n\n \t\nTwo.',
        lines: { start: 1, end: 5 },
        bytes: { start: 0, end: 18 },
        anchors: [{ offset: 0, line: 1, byte: 0 }],
        tokens: expect.any(Number),
      },
    ])
    expect(JSON.parse(JSON.stringify({ document, chunks }))).toEqual({ document, chunks })
  })

  it.each([
    ['docs/a.b.md', 'a.b'],
    ['README', 'README'],
    ['docs/.hidden', '.hidden'],
    ['a/constructor', 'constructor'],
    ['a/', 'a/'],
  ])('names %s after its file: %s', async (path, title) => {
    expect((await read('text', { path })).document.title).toBe(title)
  })

  it('reads past a UTF-8 byte order mark', async () => {
    const { document, chunks } = await read('\ufeff# Title', { mediaType: 'text/markdown' })
    expect(document).toMatchObject({ title: 'Title', bytes: 10 })
    expect(chunks).toMatchObject([{ text: '# Title', bytes: { start: 3, end: 10 } }])
  })

  it.each([
    ['nothing', '', 'empty', 'skipped, the file is empty.'],
    ['a byte order mark alone', '\ufeff', 'empty', 'skipped, there is no text in it.'],
    ['blank space', ' \n\t\r\n\u00a0', 'empty', 'skipped, there is no text in it.'],
    ['a NUL', 'text\0', 'binary', 'not text but binary data (a NUL at byte 4).'],
    ['a PDF file', '%PDF-1.7 text', 'binary', 'not text but a PDF file. Convert it to text first.'],
  ])('refuses %s', async (_what, bytes, code, reason) => {
    await expect(read(bytes)).rejects.toThrow(
      expect.objectContaining({ code, message: `docs/a.txt: ${reason}`, path: 'docs/a.txt' }),
    )
  })

  it.each([
    ['UTF-16 with a mark', Buffer.from('\ufeffGröße', 'utf16le'), { encoding: 'utf-16le' }, 'Größe', 2],
    ['UTF-16 without a mark', Buffer.from('Grüße und mehr', 'utf16le'), { encoding: 'utf-16le' }, 'Grüße und mehr', 0],
    ['Latin-1', Buffer.from('Größe', 'latin1'), { encoding: 'windows-1252', encodingConfidence: 0 }, 'Größe', 0],
    [
      'a cut character',
      Buffer.from('déjà vu – où ça é').subarray(0, -1),
      { encoding: 'utf-8', encodingConfidence: 0.83 },
      'déjà vu – où ça \ufffd',
      0,
    ],
  ])('reads %s, and says so', async (_what, bytes, metadata, text, start) => {
    const { document, chunks } = await read(bytes)
    expect(document.metadata).toEqual(metadata)
    expect(chunks).toMatchObject([{ text, bytes: { start } }])
  })

  it.each([
    ['text/html', '<script>x</script>'],
    ['text/markdown', '---\ntitle: x\n---\n'],
  ])('finds no text in %s that has none', async (mediaType, text) => {
    await expect(read(text, { mediaType })).rejects.toThrow(expect.objectContaining({ code: 'empty' }))
  })

  it.each(['application/pdf', '', 'constructor'])('refuses the media type "%s"', async (mediaType) => {
    await expect(read('text', { mediaType })).rejects.toThrow(
      expect.objectContaining({
        code: 'unsupported_kind',
        message: `docs/a.txt: skipped, no parser reads "${mediaType}" (they read ${known}).`,
      }),
    )
  })

  it('reads a media type in any case, with parameters', async () => {
    const { document } = await read('# Title', { mediaType: 'Text/Markdown; charset=utf-8' })
    expect(document).toMatchObject({ title: 'Title', mediaType: 'Text/Markdown; charset=utf-8' })
  })

  it('refuses a text in place of bytes', async () => {
    // @ts-expect-error -- no bytes
    await expect(readDocument({ id: 'a', path: 'a' }, { bytes: 'text', mediaType: 'text/plain' })).rejects.toThrow(
      new TypeError('Expected "content.bytes" to be a Uint8Array, got a string ("text").'),
    )
  })

  it('reads a part of a larger buffer', async () => {
    const whole = new TextEncoder().encode('\0Größe\0')
    const { chunks } = await read(whole.subarray(1, -1))
    expect(chunks).toMatchObject([{ text: 'Größe' }])
  })
})
