export interface IngestS3Options {
  /** Tells one from another, in logs and errors. Default: `'ingest-s3'`. */
  name?: string | undefined
}

/** What `createIngestS3` makes. */
export interface IngestS3 {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen `IngestS3`. */
export function createIngestS3(options: IngestS3Options = {}): IngestS3 {
  const { name = 'ingest-s3' } = options
  return Object.freeze({ name })
}
