export { createIndex, type IndexOptions, type SearchIndex } from './lib/create-index.ts'
export { type FieldOptions } from './lib/fields.ts'
export { type SearchDocument } from './lib/read-document.ts'
export { type SearchHit, type SearchQuery, type SearchResult } from './lib/search-query.ts'
