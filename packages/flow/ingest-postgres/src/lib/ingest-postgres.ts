export interface IngestPostgresOptions {
  /** Tells one from another, in logs and errors. Default: `'ingest-postgres'`. */
  name?: string | undefined
}

/** What `createIngestPostgres` makes. */
export interface IngestPostgres {
  /** The name that it was given. */
  readonly name: string
}

/** Makes a frozen `IngestPostgres`. */
export function createIngestPostgres(options: IngestPostgresOptions = {}): IngestPostgres {
  const { name = 'ingest-postgres' } = options
  return Object.freeze({ name })
}
