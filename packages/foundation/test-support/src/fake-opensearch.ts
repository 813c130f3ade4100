export {
  createFakeOpenSearch,
  type FakeOpenSearch,
  type FakeOpenSearchOptions,
} from './lib/fake-opensearch/create-fake-opensearch.ts'
export { type BulkOperation, type BulkRefusal } from './lib/fake-opensearch/run-bulk.ts'
