import { IngestError } from '@empire/ingest'

/** The error for a file that grows beyond its limit when it is inflated. */
export function inflatedTooLarge(path: string, maxInflatedBytes: number): IngestError {
  return new IngestError(
    'too_large',
    path,
    `what is compressed in it has more than ${maxInflatedBytes} bytes. If that is meant, raise "maxInflatedBytes".`,
  )
}
