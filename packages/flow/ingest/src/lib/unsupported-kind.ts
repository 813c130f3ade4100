import { IngestError } from './ingest-error.ts'
import type { Parser } from './parser.ts'

/** The error for an item of a kind that none of the parsers reads. */
export function unsupportedKind(path: string, mediaType: string, parsers: readonly Parser[]): IngestError {
  const known = [...new Set(parsers.flatMap(({ mediaTypes }) => mediaTypes))].join(', ')
  const extension = /\.[^./]+$/.exec(path)?.[0]
  const kind =
    mediaType !== 'application/octet-stream'
      ? `"${mediaType}"`
      : extension === undefined
        ? 'files without an extension'
        : `${extension} files`
  return new IngestError(
    'unsupported_kind',
    path,
    `skipped, no parser reads ${kind} (they read ${known || 'nothing'}).`,
  )
}
