export {
  type RecordStoreCase,
  recordStoreCases,
  type RecordStoreCasesOptions,
  type RecordStorePlace,
} from './lib/record-store-cases.ts'
