import { collectBytes, IngestError, type Parser } from '@empire/ingest'
import { getDocumentProxy } from 'unpdf'
import { checkPdfStreams } from './check-pdf-streams.ts'
import { readPdfLines } from './pdf-lines.ts'
import { pdfText } from './pdf-text.ts'
import type { PdfLine } from './pdf-line.ts'
import { type SizeLimitOptions, sizeLimits } from './size-limits.ts'

/** How `pdfParser` reads. */
export interface PdfParserOptions extends SizeLimitOptions {}

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>

/**
 * Reads the text of PDF files, in the order in which the file has it: paragraphs by the space between lines, headings by
 * the size of the type. Chunks know their pages. Lines and bytes are those of the text, as UTF-8: the file has none of its
 * own.
 *
 * Throws `IngestError`: `encrypted`, `malformed`, `too_large`, and `no_text` for pages without text, such as scanned ones.
 */
export function pdfParser(options: PdfParserOptions = {}): Parser {
  const { maxBytes, maxInflatedBytes } = sizeLimits(options)
  return Object.freeze({
    mediaTypes: ['application/pdf'],
    fingerprint: 'pdf/1',
    async *parse({ path }, content, { signal } = {}) {
      const bytes = await collectBytes(content, { path, maxBytes, signal })
      if (bytes.length === 0) throw new IngestError('empty', path, 'skipped, the file is empty.')
      checkPdfStreams(path, bytes, maxInflatedBytes)
      const { title, pages } = await readDocument(path, bytes, signal)
      const text = pdfText(pages)
      if (text.blocks.length === 0) {
        throw new IngestError(
          'no_text',
          path,
          `there is no text in its pages (${pages.length}): scanned? Run OCR on it first.`,
        )
      }
      yield { title: title ?? text.title, text: text.text, blocks: text.blocks, anchors: text.anchors }
    },
  } satisfies Parser)
}

async function readDocument(
  path: string,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<{ title: string | undefined; pages: PdfLine[][] }> {
  let document: PdfDocument | undefined
  try {
    // A copy, for the reader takes what it is given away.
    document = await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
    })
    const pages: PdfLine[][] = []
    for (let number = 1; number <= document.numPages; number++) {
      signal?.throwIfAborted()
      pages.push(await readPdfLines(await document.getPage(number)))
    }
    return { title: await titleOf(document), pages }
  } catch (error) {
    signal?.throwIfAborted()
    throw pdfError(path, error)
  } finally {
    await document?.loadingTask.destroy()
  }
}

async function titleOf(document: PdfDocument): Promise<string | undefined> {
  const { info } = await document.getMetadata()
  const title = (info as { readonly Title?: unknown }).Title
  // Where a program names its file so, it is no title.
  return typeof title === 'string' && title.trim() !== '' && !/\.\w{2,5}$|^untitled/i.test(title.trim())
    ? title.trim().slice(0, 200).toWellFormed()
    : undefined
}

function pdfError(path: string, error: unknown): IngestError {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (name === 'PasswordException') {
    return new IngestError('encrypted', path, 'is encrypted. Save it without a password.', { cause: error })
  }
  const reason = message
    .split('\n', 1)[0]!
    .slice(0, 200)
    .replace(/[\s.]+$/, '')
  return new IngestError('malformed', path, `cannot be read as PDF: ${reason}.`, { cause: error })
}
