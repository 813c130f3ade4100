export { createAlias, type SearchAlias } from './lib/create-alias.ts'
export { createIndex, type MemoryIndexOptions } from './lib/create-index.ts'
export { type IndexOptions } from './lib/define-index.ts'
export { type Embedder, type EmbeddingCache } from './lib/embedder.ts'
export {
  type FilterExplanation,
  type FusedExplanation,
  type HitExplanation,
  type ResultExplanation,
  type TermExplanation,
  type TextExplanation,
  type VectorExplanation,
} from './lib/explanation.ts'
export {
  type AndFilter,
  type ExistsFilter,
  type Filter,
  type IdsFilter,
  type InFilter,
  type NotFilter,
  type OrFilter,
  type Range,
  type RangeFilter,
  type TermFilter,
} from './lib/filter.ts'
export { type IndexManifest, type ManifestField } from './lib/index-manifest.ts'
export {
  type AnalyzerName,
  type BooleanField,
  type DateField,
  type FieldDefinition,
  type FieldDefinitions,
  type FieldsOfType,
  type KeywordField,
  type NumberField,
  type TextField,
  type VectorField,
} from './lib/schema.ts'
export { type IndexStatistics, type SearchCapabilities } from './lib/search-backend.ts'
export { type FieldInput, type FieldOutput, type SearchDocument } from './lib/search-document.ts'
export {
  SearchError,
  type SearchErrorCode,
  type SearchErrorDetails,
  type SearchErrorOptions,
  type WriteFailure,
} from './lib/search-error.ts'
export { type SearchFeature } from './lib/search-feature.ts'
export { type CallOptions, type SearchIndex } from './lib/search-index.ts'
export {
  type HybridPart,
  type HybridQuery,
  type NearestQuery,
  type SearchQuery,
  type TextMode,
  type TextQuery,
} from './lib/search-query.ts'
export {
  type Facets,
  type FacetRange,
  type FieldSort,
  type Highlight,
  type RangeFacet,
  type SearchRequest,
  type Sort,
  type ValueFacet,
} from './lib/search-request.ts'
export { type FacetBucket, type SearchHit, type SearchResult } from './lib/search-result.ts'
