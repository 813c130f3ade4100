import { type DocumentPart, readDocument } from '@empire/ingest'
import { parserCases } from '@empire/ingest/conformance'
import { runConformance } from '@empire/test-support'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { docxParser, type DocxParserOptions } from './docx-parser.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const head = '<?xml version="1.0" encoding="UTF-8"?>'

const paragraph = (text: string, style?: string): string =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const style = (id: string, name: string): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`

/** A Word file with this body, and other files beside it. */
function file(body: string, others: Record<string, string | Uint8Array> = {}): Uint8Array {
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types'
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const styles = style('T', 'Title') + style('H1', 'heading 1') + style('H2', 'heading 2')
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${head}<Types xmlns="${types}"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/styles" Target="styles.xml"/><Relationship Id="r2" Type="${office}/image" Target="media/a.png"/></Relationships>`,
    'word/styles.xml': `${head}<w:styles ${word}>${styles}</w:styles>`,
    'word/document.xml': `${head}<w:document ${word}><w:body>${body}</w:body></w:document>`,
    ...others,
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]),
    ),
  )
}

const cell = (text: string): string => `<w:tc>${paragraph(text)}</w:tc>`
const body = [
  paragraph('The manual', 'T'),
  paragraph('Größe &amp; Gewicht', 'H1'),
  paragraph('A paragraph'),
  `<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:ins><w:r><w:t>, inserted</w:t></w:r></w:ins></w:p>`,
  paragraph('Table', 'H2'),
  `<w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr><w:tr>${cell('1')}${cell('2')}</w:tr></w:tbl>`,
].join('')

async function parse(bytes: Uint8Array, options?: DocxParserOptions): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = []
  for await (const part of docxParser(options).parse({ id: 'a', path: 'a.docx' }, { mediaType: docx, bytes }))
    parts.push(part)
  return parts
}

/** An old container file, as encrypted files and those of old programs are. */
function compoundFile(stream: string): Uint8Array {
  const bytes = Buffer.alloc(1024)
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes)
  bytes.write(stream, 512, 'utf16le')
  return bytes
}

runConformance(
  parserCases({
    parser: docxParser(),
    samples: [{ mediaType: docx, bytes: file(body), texts: ['The manual', 'Größe & Gewicht', 'A paragraph', 'a | b'] }],
    refused: [
      { bytes: compoundFile('EncryptedPackage'), code: 'encrypted' },
      { bytes: compoundFile('WordDocument'), code: 'unsupported_kind' },
      { bytes: Buffer.from('PK\u0003\u0004 rubbish'), code: 'malformed' },
      { bytes: zipSync({ 'a.txt': strToU8('a') }), code: 'malformed' },
      { bytes: file('<w:p>'), code: 'malformed' },
    ],
  }),
  { describe, it, title: 'docxParser' },
)

describe('docxParser', () => {
  it('reads headings, paragraphs and tables, without what was deleted', async () => {
    const [part] = await parse(file(body))
    expect(part!.text).toBe('The manual\n\nGröße & Gewicht\n\nA paragraph\n\nkept, inserted\n\nTable\n\na | b\n1 | 2')
    expect(part!.blocks.map((block) => (block.kind === 'heading' ? [block.level, block.title] : block.kind))).toEqual([
      [1, 'The manual'],
      [1, 'Größe & Gewicht'],
      'text',
      'text',
      [2, 'Table'],
      'table',
    ])
  })

  it('gives chunks the lines and bytes of the text', async () => {
    const { document, chunks } = await readDocument(
      { id: 'a', path: 'a.docx' },
      { mediaType: docx, bytes: file(body) },
      { parsers: [docxParser()] },
    )
    expect(document.title).toBe('The manual')
    expect(chunks.map(({ headings, lines, bytes }) => ({ headings, lines, bytes }))).toEqual([
      { headings: ['Größe & Gewicht'], lines: { start: 1, end: 7 }, bytes: { start: 0, end: 58 } },
      { headings: ['Größe & Gewicht', 'Table'], lines: { start: 9, end: 12 }, bytes: { start: 60, end: 78 } },
    ])
  })

  it('takes its title from the properties', async () => {
    const core = `${head}<cp:coreProperties><dc:title>Tom &amp; Jerry</dc:title></cp:coreProperties>`
    expect((await parse(file(body, { 'docProps/core.xml': core })))[0]!.title).toBe('Tom & Jerry')
  })

  it('says what is wrong with a file', async () => {
    await expect(parse(compoundFile('EncryptedPackage'))).rejects.toThrow(
      'a.docx: is encrypted. Save it without a password.',
    )
    await expect(parse(compoundFile('WordDocument'))).rejects.toThrow(
      expect.objectContaining({ message: 'a.docx: an old Word file (.doc). Save it as DOCX.', skipped: false }),
    )
    await expect(parse(Buffer.from('rubbish'))).rejects.toThrow(
      'a.docx: not a DOCX file: it is no ZIP archive, or a broken one.',
    )
    await expect(parse(zipSync({ 'a.txt': strToU8('a') }))).rejects.toThrow(
      'a.docx: not a DOCX file: there is no word/document.xml in it.',
    )
    await expect(parse(file('<w:ins>'.repeat(20_000) + paragraph('a') + '</w:ins>'.repeat(20_000)))).rejects.toThrow(
      'a.docx: cannot be read as DOCX: it is nested too deep. Save it again with a word processor.',
    )
  })

  it('expands no entities', async () => {
    const entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    const document = `${head}${entities}<w:document ${word}><w:body>${paragraph('&b;')}</w:body></w:document>`
    await expect(parse(file('', { 'word/document.xml': document }))).rejects.toThrow(
      expect.objectContaining({ code: 'malformed' }),
    )
  })

  it('refuses what grows too large when it is inflated', async () => {
    const message =
      'a.docx: what is compressed in it has more than 1000000 bytes. If that is meant, raise "maxInflatedBytes".'
    const bomb = file(paragraph(' '.repeat(2_000_000)))
    expect(bomb.length).toBeLessThan(10_000)
    await expect(parse(bomb, { maxInflatedBytes: 1_000_000 })).rejects.toThrow(message)
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`word/x${n}.xml`, ' '.repeat(200_000)]))
    await expect(parse(file(body, many), { maxInflatedBytes: 1_000_000 })).rejects.toThrow(message)
  })

  it('inflates no more than an entry says of itself', async () => {
    const bomb = Buffer.from(file(paragraph(' '.repeat(2_000_000))))
    // The entry of the document is the last in the directory: 24 bytes after its start is the size.
    bomb.writeUInt32LE(100, bomb.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24)
    await expect(parse(bomb, { maxInflatedBytes: 1_000_000 })).rejects.toThrow(
      expect.objectContaining({ code: 'malformed' }),
    )
  })

  it('reads a document wherever the relations say that it is', async () => {
    const type = `${office}/officeDocument`
    const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
    const moved = file('', {
      '_rels/.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${type}" Target="/word/document2.xml"/></Relationships>`,
      'word/document2.xml': `${head}<w:document ${word}><w:body>${paragraph('Moved.')}</w:body></w:document>`,
    })
    expect((await parse(moved))[0]!.text).toBe('Moved.')
  })

  it('refuses what would take too much memory, however small it is', async () => {
    const bomb = file('<w:p a=""/>'.repeat(200_000))
    expect(bomb.length).toBeLessThan(20_000)
    await expect(parse(bomb, { maxNodes: 100_000 })).rejects.toThrow(
      /^a\.docx: 4000\d\d nodes of XML, more than the 100000 that "maxNodes" allows\. Split it\.$/,
    )
    expect(() => docxParser({ maxNodes: 0 })).toThrow(
      new TypeError('Expected "maxNodes" to be a whole number from 1, got a number (0).'),
    )
    expect(() => docxParser({ maxNode: 1 } as never)).toThrow(
      new TypeError('"options" has no key "maxNode". Did you mean "maxNodes"?'),
    )
  })

  it('says that there are images alone', async () => {
    const scanned = file('<w:p/>', { 'word/media/a.png': new Uint8Array(10), 'word/media/b.png': new Uint8Array(10) })
    await expect(parse(scanned)).rejects.toThrow(
      'a.docx: there is no text in it, but images (2): scanned? Run OCR on it first.',
    )
  })

  it('says that it is something else', async () => {
    await expect(parse(file(body, { 'word/styles.xml': 'none' }))).rejects.toThrow(
      'a.docx: cannot be read as DOCX: its XML is not that of a document. Save it again with a word processor.',
    )
  })

  it('leaves pictures alone', async () => {
    const picture = { 'word/media/a.png': new Uint8Array(2_000_000) }
    expect(await parse(file(body, picture), { maxInflatedBytes: 1_000_000 })).toHaveLength(1)
  })
})
