import { countLines } from './count-lines.ts'
import { IngestError } from './ingest-error.ts'
import { JsonSyntaxError } from './json-scanner.ts'

/** The error to throw for what went wrong in a JSON text that starts at some line. */
export function jsonError(path: string, text: string, firstLine: number, error: unknown): unknown {
  if (!(error instanceof JsonSyntaxError)) return error
  const before = text.slice(0, error.offset)
  const column = error.offset - before.lastIndexOf('\n')
  const where = `line ${firstLine + countLines(before)}, column ${column}`
  return new IngestError('malformed', path, `not JSON at ${where}: ${error.message}.`, { cause: error })
}
