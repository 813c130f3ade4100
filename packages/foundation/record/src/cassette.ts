export { CassetteFileError } from './lib/cassette-file-error.ts'
export { CassetteMismatchError } from './lib/cassette-mismatch-error.ts'
export { type CassetteBody, type CassetteRequest } from './lib/cassette-request.ts'
export { type Cassette, type CassetteOptions, createCassette } from './lib/create-cassette.ts'
