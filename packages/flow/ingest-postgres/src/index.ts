export { createIngestPostgres, type IngestPostgres, type IngestPostgresOptions } from './lib/ingest-postgres.ts'
