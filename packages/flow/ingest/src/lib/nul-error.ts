import { IngestError } from './ingest-error.ts'

/** The error for a text with a NUL in it. */
export function nulError(path: string, byte: number): IngestError {
  return new IngestError('binary', path, `not text but binary data (a NUL at byte ${byte}).`)
}
