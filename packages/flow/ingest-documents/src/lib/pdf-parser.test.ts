import { deflateSync } from 'node:zlib'
import { type DocumentPart, readDocument, structureChunker } from '@empire/ingest'
import { parserCases } from '@empire/ingest/conformance'
import { runConformance } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { pdfParser, type PdfParserOptions } from './pdf-parser.ts'

interface PdfOptions {
  readonly title?: string
  readonly encrypted?: boolean
  /** What stands in front of a page's operators, compressed or not. */
  readonly stream?: (operators: string) => { dictionary: string; data: Buffer }
}

const plain = (operators: string): { dictionary: string; data: Buffer } => ({
  dictionary: '',
  data: Buffer.from(operators, 'latin1'),
})
const flate = (operators: string): { dictionary: string; data: Buffer } => ({
  dictionary: ' /Filter /FlateDecode',
  data: deflateSync(operators),
})

/** A PDF file of pages in Helvetica. */
function pdf(pages: readonly string[], { title, encrypted = false, stream = plain }: PdfOptions = {}): Uint8Array {
  const objects: Buffer[] = []
  const add = (object: string | Buffer): number => objects.push(Buffer.from(object as string, 'latin1'))
  add('<< /Type /Catalog /Pages 2 0 R >>')
  const kids = pages.map((_page, index) => `${4 + 2 * index} 0 R`)
  add(`<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} >>`)
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  for (const [index, operators] of pages.entries()) {
    const contents = 5 + 2 * index
    const resources = '<< /Font << /F1 3 0 R >> >>'
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources ${resources} /Contents ${contents} 0 R >>`)
    const { dictionary, data } = stream(operators)
    add(
      Buffer.concat([
        Buffer.from(`<< /Length ${data.length}${dictionary} >>\nstream\n`),
        data,
        Buffer.from('\nendstream'),
      ]),
    )
  }
  let trailer = ''
  if (title !== undefined) trailer += ` /Info ${add(`<< /Title (${title}) >>`)} 0 R`
  if (encrypted) {
    const id = '<00112233445566778899aabbccddeeff>'
    const standard = `<< /Filter /Standard /V 1 /R 2 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> /P -4 >>`
    trailer += ` /Encrypt ${add(standard)} 0 R /ID [${id} ${id}]`
  }
  const pieces = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  const push = (piece: string | Buffer): void => void pieces.push(Buffer.from(piece as string))
  const size = (): number => pieces.reduce((sum, piece) => sum + piece.length, 0)
  for (const [index, object] of objects.entries()) {
    offsets.push(size())
    push(`${index + 1} 0 obj\n`)
    push(object)
    push('\nendobj\n')
  }
  const start = size()
  push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`)
  for (const offset of offsets) push(`${String(offset).padStart(10, '0')} 00000 n \n`)
  push(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${trailer} >>\nstartxref\n${start}\n%%EOF\n`)
  return new Uint8Array(Buffer.concat(pieces))
}

/** Operators for lines: size of the type, points below the line before, text. */
function lines(...all: readonly (readonly [size: number, down: number, text: string])[]): string {
  return `BT 72 760 Td ${all.map(([size, down, text]) => `/F1 ${size} Tf 0 ${-down} Td (${text}) Tj`).join(' ')} ET`
}

const manual = [
  lines(
    [24, 0, 'Manual'],
    [12, 40, 'The first line of a para-'],
    [12, 14, 'graph goes on here,'],
    [12, 14, 'and ends here.'],
    [12, 30, 'A second paragraph, which is of more words than the headings.'],
  ),
  lines([16, 0, 'Set-up'], [12, 30, 'Page two has \\(brackets\\), and more words to read.'], [12, 14, 'Caf\\351.']),
]

async function parse(bytes: Uint8Array, options?: PdfParserOptions): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = []
  const content = { mediaType: 'application/pdf', bytes }
  for await (const part of pdfParser(options).parse({ id: 'a', path: 'a.pdf' }, content)) parts.push(part)
  return parts
}

runConformance(
  parserCases({
    parser: pdfParser(),
    samples: [
      { mediaType: 'application/pdf', bytes: pdf(manual), texts: ['Manual', 'paragraph goes on', 'Set-up', 'Café.'] },
      { mediaType: 'application/pdf', bytes: pdf(manual, { stream: flate }), texts: ['Manual', '(brackets)'] },
    ],
    refused: [
      { bytes: pdf(manual, { encrypted: true }), code: 'encrypted' },
      { bytes: Buffer.from('%PDF-1.4 rubbish'), code: 'malformed' },
      { bytes: Buffer.from('no such file'), code: 'malformed' },
      { bytes: pdf(['']), code: 'no_text' },
    ],
  }),
  { describe, it, title: 'pdfParser' },
)

describe('pdfParser', () => {
  it('reads headings and paragraphs', async () => {
    const [part] = await parse(pdf(manual))
    expect(part!.text).toBe(
      [
        'Manual',
        'The first line of a paragraph goes on here,\nand ends here.',
        'A second paragraph, which is of more words than the headings.',
        'Set-up',
        'Page two has (brackets), and more words to read.\nCafé.',
      ].join('\n\n'),
    )
    expect(part!.blocks.map((block) => (block.kind === 'heading' ? [block.level, block.title] : block.kind))).toEqual([
      [1, 'Manual'],
      'text',
      'text',
      [2, 'Set-up'],
      'text',
    ])
  })

  it('gives chunks their pages, also across them', async () => {
    const item = { id: 'a', path: 'a.pdf' }
    const texts = ['one one one one.', 'two two two two.', 'three three three.'].map((text) => lines([12, 0, text]))
    const content = { mediaType: 'application/pdf', bytes: pdf(texts) }
    const chunker = structureChunker({ maxTokens: 12 })
    const { document, chunks } = await readDocument(item, content, { parsers: [pdfParser()], chunker })
    expect(document).toMatchObject({ title: 'a', mediaType: 'application/pdf' })
    expect(chunks.map(({ text, pages }) => [text, pages])).toEqual([
      ['one one one one.\n\ntwo two two two.', { start: 1, end: 2 }],
      ['three three three.', { start: 3, end: 3 }],
    ])
  })

  it('takes its title from the properties, unless that is a file name', async () => {
    expect((await parse(pdf(manual, { title: 'The Manual' })))[0]!.title).toBe('The Manual')
    expect((await parse(pdf(manual, { title: 'Microsoft Word - x.doc' })))[0]!.title).toBe('Manual')
  })

  it('says what is wrong with a file', async () => {
    await expect(parse(pdf(manual, { encrypted: true }))).rejects.toThrow(
      'a.pdf: is encrypted. Save it without a password.',
    )
    await expect(parse(Buffer.from('rubbish'))).rejects.toThrow('a.pdf: cannot be read as PDF: Invalid PDF structure.')
    await expect(parse(pdf(['', '']))).rejects.toThrow(
      'a.pdf: there is no text in its pages (2): scanned? Run OCR on it first.',
    )
  })

  it.each([
    ['is inflated', flate],
    [
      'is inflated twice',
      (operators: string) => ({
        dictionary: ' /Filter [/FlateDecode /FlateDecode]',
        data: deflateSync(deflateSync(operators)),
      }),
    ],
    [
      'is in run-lengths, within text',
      (operators: string) => {
        const hex = operators.replace(/ {128}/g, '8120').replace(/^((?:8120)*)[^]*$/, '$180>')
        return { dictionary: ' /Filter [/ASCIIHexDecode /RunLengthDecode]', data: Buffer.from(hex) }
      },
    ],
    [
      'has no end',
      (operators: string) => ({ dictionary: ' /Filter /FlateDecode', data: deflateSync(operators).subarray(0, -200) }),
    ],
  ])('refuses what grows too large when it %s', async (_how, stream) => {
    const bomb = pdf([`${' '.repeat(3_000_000)}${manual[0]}`], { stream })
    expect(bomb.length).toBeLessThan(120_000)
    await expect(parse(bomb, { maxInflatedBytes: 1_000_000 })).rejects.toThrow(
      'a.pdf: what is compressed in it has more than 1000000 bytes. If that is meant, raise "maxInflatedBytes".',
    )
    await expect(parse(bomb, { maxBytes: 100 })).rejects.toThrow(
      expect.objectContaining({ code: 'too_large', path: 'a.pdf' }),
    )
  })

  it('refuses what is compressed so that nobody could say how large it grows', async () => {
    const data = deflateSync(Buffer.from([129, 32, 128]))
    for (const [dictionary, reason] of [
      [' /Filter [/FlateDecode /RunLengthDecode]', 'a stream is compressed in several ways'],
      [' /Filter /LZ#57Decode', 'a stream does not say plainly how it is compressed'],
    ] as const) {
      await expect(parse(pdf([''], { stream: () => ({ dictionary, data }) }))).rejects.toThrow(
        `a.pdf: cannot be read as PDF: ${reason}. Save it again with a viewer.`,
      )
    }
  })

  it('reads such a file if that is meant', async () => {
    expect(await parse(pdf([`${' '.repeat(3_000_000)}${manual[0]}`], { stream: flate }))).toHaveLength(1)
  })

  it('refuses options that it does not know', () => {
    // @ts-expect-error -- misspelt
    expect(() => pdfParser({ maxByte: 1 })).toThrow(
      new TypeError('"options" has no key "maxByte". Did you mean "maxBytes"?'),
    )
    expect(() => pdfParser({ maxBytes: 0 })).toThrow(
      new TypeError('Expected "maxBytes" to be a whole number from 1, got a number (0).'),
    )
  })
})
