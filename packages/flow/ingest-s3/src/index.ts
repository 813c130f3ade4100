export { createIngestS3, type IngestS3, type IngestS3Options } from './lib/ingest-s3.ts'
