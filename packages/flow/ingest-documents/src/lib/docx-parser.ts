import { collectBytes, htmlParser, IngestError, type Parser } from '@empire/ingest'
import { readDocxEntries } from './docx-entries.ts'
import { expectLimit, type SizeLimitOptions, sizeLimits } from './size-limits.ts'

/** How `docxParser` reads. */
export interface DocxParserOptions extends SizeLimitOptions {
  /**
   * The most nodes of XML, tags and attributes, that its texts may have: they are all in memory while it is read, with a KB or two
   * for each. Default: 1,000,000, as about a thousand pages have.
   */
  readonly maxNodes?: number | undefined
}

const mediaTypes = [
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.ms-word.document.macroenabled.12',
]
const styleMap = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"]

/**
 * Reads Word documents (DOCX): headings, lists, tables, footnotes and other text, without images, equations, comments, headers and
 * footers, and without what a tracked change has deleted. Lines and bytes are those of the text, as UTF-8: the file has none of its own.
 *
 * Throws `IngestError`: `encrypted`, `malformed`, `too_large`, `no_text` for images alone, `unsupported_kind` for an old `.doc`.
 */
export function docxParser(options: DocxParserOptions = {}): Parser {
  const { maxBytes, maxInflatedBytes } = sizeLimits(options, ['maxNodes'])
  const { maxNodes = 1_000_000 } = options
  expectLimit('maxNodes', maxNodes)
  const html = htmlParser()
  return Object.freeze({
    mediaTypes,
    fingerprint: `docx/1 ${html.fingerprint}`,
    async *parse(item, content, { signal } = {}) {
      const { path } = item
      const bytes = await collectBytes(content, { path, maxBytes, signal })
      const { archive, title, images } = readDocxEntries(path, bytes, { maxInflatedBytes, maxNodes })
      const page = await convert(path, archive)
      signal?.throwIfAborted()
      const source = { mediaType: 'text/html; charset=utf-8', bytes: Buffer.from(`<title>${title}</title>${page}`) }
      let parts = 0
      for await (const part of html.parse(item, source, { signal })) {
        parts++
        yield { title: part.title, text: part.text, blocks: part.blocks, anchors: [{ offset: 0, line: 1, byte: 0 }] }
      }
      if (parts > 0 || images === 0) return
      const reason = `there is no text in it, but images (${images}): scanned? Run OCR on it first.`
      throw new IngestError('no_text', path, reason)
    },
  } satisfies Parser)
}

async function convert(path: string, archive: Buffer): Promise<string> {
  // It takes a while to load, which those need not wait for who have no such file.
  const { default: mammoth } = await import('mammoth')
  try {
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
    const { value } = await mammoth.convertToHtml({ buffer: archive }, { styleMap, convertImage })
    return value
  } catch (error) {
    const reason = reasonOf(error)
    throw new IngestError(
      'malformed',
      path,
      `cannot be read as DOCX: ${reason}. Save it again with a word processor.`,
      {
        cause: error,
      },
    )
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is nested too deep'
  // Where the reader expects an element that is not there.
  if (error instanceof TypeError) return 'its XML is not that of a document'
  const message = error instanceof Error ? error.message : String(error)
  return message
    .split('\n', 1)[0]!
    .slice(0, 200)
    .replace(/[\s.]+$/, '')
}
