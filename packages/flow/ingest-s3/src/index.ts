export { s3Source, type S3SourceOptions } from './lib/s3-source.ts'
