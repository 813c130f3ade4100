import type { PdfLine } from './pdf-line.ts'

/** What is used of a page. */
export interface PdfPage {
  getTextContent(): Promise<{ readonly items: readonly object[] }>
  cleanup(): unknown
}

interface TextItem {
  readonly str: string
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
  readonly hasEOL: boolean
}

/** The lines of a page, in the order in which the file has them. */
export async function readPdfLines(page: PdfPage): Promise<PdfLine[]> {
  const { items } = await page.getTextContent()
  const lines: PdfLine[] = []
  let pieces: string[] = []
  let height = 0
  let y = 0

  function end(): void {
    const text = pieces
      .join('')
      .replace(/[\0\s]+/g, ' ')
      .trim()
      .toWellFormed()
    if (text !== '') lines.push({ text, height, y })
    pieces = []
    height = 0
  }

  for (const item of items) {
    if (!isText(item)) continue
    const top = item.transform[5] ?? 0
    if (pieces.length > 0 && item.str !== '' && Math.abs(top - y) > Math.max(height, item.height) / 2) end()
    if (item.str !== '') {
      y = top
      height = Math.max(height, item.height)
      pieces.push(item.str)
    }
    if (item.hasEOL) end()
  }
  end()
  page.cleanup()
  return lines
}

function isText(item: object): item is TextItem {
  return 'str' in item
}
