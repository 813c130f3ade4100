export { type RecordStoreCase, recordStoreCases, type RecordStoreCasesOptions } from './lib/record-store-cases.ts'
