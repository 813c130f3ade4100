import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Analyzer } from '@empire/analyzer'
import { checkSchema } from './check-schema.ts'
import type { CheckedSchema } from './checked-schema.ts'
import type { Embedder, EmbeddingCache } from './embedder.ts'
import type { IndexManifest } from './index-manifest.ts'
import { manifestOf } from './manifest-of.ts'
import type { AnalyzerName, FieldDefinitions } from './schema.ts'

/** What an index holds, and how it makes text into terms and vectors. */
export interface IndexOptions<Fields extends FieldDefinitions = FieldDefinitions> {
  /** The fields, by name. At least one; `id` is taken. */
  readonly fields: Fields
  /** What makes texts into terms, in fields that do not say otherwise. Default: `english`. */
  readonly analyzer?: AnalyzerName | Analyzer | undefined
  /** What makes texts into vectors: of documents for fields with `from`, and of queries. Default: none. */
  readonly embedder?: Embedder | undefined
  /** Where the vectors of texts are kept, so that the same text is embedded once. Default: nowhere. */
  readonly embeddingCache?: EmbeddingCache | undefined
}

/** The names of the options that every backend takes. */
const indexOptionNames: readonly string[] = ['fields', 'analyzer', 'embedder', 'embeddingCache']

/** Checked options of an index. */
export interface IndexDefinition {
  readonly schema: CheckedSchema
  readonly manifest: IndexManifest
  readonly embedder: Embedder | undefined
  readonly embeddingCache: EmbeddingCache | undefined
}

/**
 * The options of an index, checked and complete. Throws a `TypeError` that names the faulty part.
 *
 * @param more The names of further options that a backend takes, and checks itself.
 */
export function defineIndex(options: unknown, more: readonly string[] = []): IndexDefinition {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"options" must be an object with "fields", got ${describeValue(options)}.`)
  }
  expectKnownKeys('"options"', options, [...indexOptionNames, ...more])
  const { fields, analyzer, embedder, embeddingCache }: { [Name in keyof IndexOptions]?: unknown } = options
  const schema = checkSchema(fields, analyzer)
  if (embedder !== undefined && !isEmbedder(embedder)) {
    throw new TypeError(
      `"embedder" must be an object with "id", "embed" and, if it says so, a whole "maxTexts" from 1 on, got ${describeValue(embedder)}.`,
    )
  }
  if (embeddingCache !== undefined && !isCache(embeddingCache)) {
    throw new TypeError(
      `"embeddingCache" must be an object with "get" and "set", got ${describeValue(embeddingCache)}.`,
    )
  }
  return { schema, manifest: manifestOf(schema, embedder?.id), embedder, embeddingCache }
}

function isEmbedder(value: unknown): value is Embedder {
  if (typeof value !== 'object' || value === null) return false
  const { id, embed, maxTexts = 1 } = value as Partial<Embedder>
  return typeof id === 'string' && typeof embed === 'function' && Number.isInteger(maxTexts) && maxTexts > 0
}

function isCache(value: unknown): value is EmbeddingCache {
  if (typeof value !== 'object' || value === null) return false
  const { get, set } = value as Partial<EmbeddingCache>
  return typeof get === 'function' && typeof set === 'function'
}
