export { type StoreCase, storeCases, type StoreCasesOptions } from './lib/store-cases.ts'
