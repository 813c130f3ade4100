export { type CheckedDocument, type CheckedValue } from './lib/checked-document.ts'
export {
  type CheckedBounds,
  type CheckedFacet,
  type CheckedFacetRange,
  type CheckedFilter,
  type CheckedHighlight,
  type CheckedHybridQuery,
  type CheckedNearestQuery,
  type CheckedQuery,
  type CheckedRequest,
  type CheckedSort,
  type CheckedTextQuery,
  type SortValue,
} from './lib/checked-request.ts'
export {
  type CheckedField,
  type CheckedSchema,
  type CheckedTextField,
  type CheckedValueField,
  type CheckedVectorField,
} from './lib/checked-schema.ts'
export { compareText } from './lib/compare-text.ts'
export { createSearchIndex } from './lib/create-search-index.ts'
export { defineIndex, type IndexDefinition } from './lib/define-index.ts'
export { type FusedRank, fuseRanks } from './lib/fuse-ranks.ts'
export { fuzzyDistance } from './lib/fuzzy-distance.ts'
export { inverseDocumentFrequency } from './lib/inverse-document-frequency.ts'
export { checkManifest } from './lib/manifest-of.ts'
export { type QueryWord, type QueryWordForm, readQueryWords } from './lib/query-words.ts'
export {
  type BackendCall,
  type BackendHit,
  type BackendResult,
  type BackendWrite,
  type SearchBackend,
} from './lib/search-backend.ts'
export { searchFeatures } from './lib/search-feature.ts'
