import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseDocument } from './parse-document.ts'

function parse(bytes: Uint8Array | string, { path = 'docs/a.txt', mediaType = 'text/plain' } = {}) {
  return parseDocument({ id: 'a', path }, { bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, mediaType })
}

describe('parseDocument', () => {
  it('gives plain data', () => {
    const document = parse('One\nline.\n\n \t\nTwo.\r\n')
    expect(document).toEqual({
      id: 'a',
      path: 'docs/a.txt',
      title: 'a',
      mediaType: 'text/plain',
      text: 'One\nline.\n\n \t\nTwo.\r\n',
      hash: createHash('sha256').update('One\nline.\n\n \t\nTwo.\r\n').digest('hex'),
      bytes: 20,
      blocks: [
        { kind: 'text', start: 0, end: 9 },
        { kind: 'text', start: 14, end: 18 },
      ],
      anchors: [{ offset: 0, line: 1, byte: 0 }],
    })
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  })

  it.each([
    ['docs/a.b.md', 'a.b'],
    ['README', 'README'],
    ['docs/.hidden', '.hidden'],
    ['a/constructor', 'constructor'],
    ['a/', 'a/'],
  ])('names %s after its file: %s', (path, title) => {
    expect(parse('text', { path }).title).toBe(title)
  })

  it('reads past a UTF-8 byte order mark', () => {
    const document = parse('\ufeff# Title', { mediaType: 'text/markdown' })
    expect(document).toMatchObject({ title: 'Title', text: '# Title', bytes: 10, anchors: [{ byte: 3 }] })
  })

  it.each([
    ['nothing', '', 'empty', 'skipped, the file is empty.'],
    ['a byte order mark alone', '\ufeff', 'empty', 'skipped, there is no text in it.'],
    ['blank space', ' \n\t\r\n\u00a0', 'empty', 'skipped, there is no text in it.'],
    ['a NUL', 'text\0', 'binary', 'not text but binary data (a NUL at byte 4).'],
    ['a PDF file', '%PDF-1.7 text', 'binary', 'not text but a PDF file. Convert it to text first.'],
    [
      'Latin-1',
      Buffer.from('Größe', 'latin1'),
      'not_utf8',
      'not UTF-8 text (an older encoding?). Save the file as UTF-8.',
    ],
    [
      'a cut character',
      Buffer.from('é').subarray(0, 1),
      'not_utf8',
      'not UTF-8 text (an older encoding?). Save the file as UTF-8.',
    ],
    [
      'half a pair',
      Buffer.of(0xed, 0xa0, 0x80),
      'not_utf8',
      'not UTF-8 text (an older encoding?). Save the file as UTF-8.',
    ],
    [
      'UTF-16',
      Buffer.from('\ufefftext', 'utf16le'),
      'not_utf8',
      'UTF-16 text, expected UTF-8. Save the file as UTF-8.',
    ],
    ['UTF-16 without a mark', Buffer.from('text', 'utf16le'), 'binary', 'not text but binary data (a NUL at byte 1).'],
  ])('refuses %s', (_what, bytes, code, reason) => {
    expect(() => parse(bytes)).toThrow(
      expect.objectContaining({ code, message: `docs/a.txt: ${reason}`, path: 'docs/a.txt' }),
    )
  })

  it.each([
    ['text/html', '<script>x</script>'],
    ['text/markdown', '---\ntitle: x\n---\n'],
  ])('finds no text in %s that has none', (mediaType, text) => {
    expect(() => parse(text, { mediaType })).toThrow(expect.objectContaining({ code: 'empty' }))
  })

  it.each(['application/pdf', '', 'constructor'])('refuses the media type "%s"', (mediaType) => {
    expect(() => parse('text', { mediaType })).toThrow(
      expect.objectContaining({
        code: 'unsupported_kind',
        message: `docs/a.txt: skipped, cannot read "${mediaType}" (only text/markdown, text/plain, text/html).`,
      }),
    )
  })

  it('refuses a text in place of bytes', () => {
    // @ts-expect-error -- no bytes
    expect(() => parseDocument({ id: 'a', path: 'a' }, { bytes: 'text', mediaType: 'text/plain' })).toThrow(
      new TypeError('Expected "content.bytes" to be a Uint8Array, got a string ("text").'),
    )
  })

  it('reads a part of a larger buffer', () => {
    const whole = new TextEncoder().encode('\0Größe\0')
    expect(parse(whole.subarray(1, -1)).text).toBe('Größe')
  })
})
