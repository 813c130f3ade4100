export { type SourceCase, sourceCases, type SourceCasesOptions, type SourcePlace } from './lib/source-cases.ts'
