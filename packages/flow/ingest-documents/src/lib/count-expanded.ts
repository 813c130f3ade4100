import { IngestError } from '@empire/ingest'
import { expandedLength } from './expanded-length.ts'
import { decodeTextFilter, pdfFilters } from './pdf-filters.ts'

const longestDictionary = 64 * 1024
/** The word may stand in a comment of a dictionary, but not often. */
const mostKeywords = 8

/**
 * Tells `count` how long the streams in LZW and run-length encoding become, and at least how long they are. Throws `IngestError`
 * (`malformed`) for what is compressed in a way that no program needs, and that cannot be measured.
 */
export function countExpanded(
  path: string,
  file: Buffer,
  { most, count }: { readonly most: number; readonly count: (length: number) => void },
): void {
  let end = 0
  /** Where the stream ends, by the next keyword or by its length, whichever is later. */
  function dataFrom(start: number, length: number): Buffer {
    if (end >= 0 && end < start) end = file.indexOf('endstream', start)
    return file.subarray(start, Math.max(end < 0 ? file.length : end, start + length))
  }

  for (let at = file.indexOf('obj'); at >= 0; at = file.indexOf('obj', at + 3)) {
    const text = dictionaryAt(file, at + 3)
    const keywords = [...text.matchAll(/stream\r?\n/g)].filter(({ index }) => !text.endsWith('end', index))
    if (keywords.length === 0 || !/\/F/.test(text)) continue
    for (const [place, { 0: keyword, index }] of keywords.entries()) {
      const dictionary = text.slice(0, index)
      const filters = pdfFilters(dictionary)
      if (filters === undefined) throw refused(path, 'a stream does not say plainly how it is compressed')
      const expanding = filters.filter((filter) => filter === 'LZW' || filter === 'RL')
      if (expanding.length === 0) continue
      if (expanding.length > 1 || filters.includes('Fl')) throw refused(path, 'a stream is compressed in several ways')
      if (place === mostKeywords) throw refused(path, 'it is not plain where a stream begins')
      const length = Number(/\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? 0)
      let data: Uint8Array = dataFrom(at + 3 + index + keyword.length, length)
      count(data.length)
      for (const filter of filters) {
        if (filter === 'A85' || filter === 'AHx') data = decodeTextFilter(filter, data)
        else count(expandedLength(filter === 'LZW' ? 'lzw' : 'run-length', data, most))
      }
    }
  }
}

/** What stands behind the beginning of an object, up to the next one. */
function dictionaryAt(file: Buffer, start: number): string {
  const window = file.subarray(start, start + longestDictionary)
  const next = window.indexOf('obj')
  return window.toString('latin1', 0, next < 0 ? window.length : next)
}

function refused(path: string, reason: string): IngestError {
  return new IngestError('malformed', path, `cannot be read as PDF: ${reason}. Save it again with a viewer.`)
}
