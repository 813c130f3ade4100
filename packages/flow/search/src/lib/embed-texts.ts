import { describeValue } from '@empire/errors'
import type { CheckedVectorField } from './checked-schema.ts'
import type { Embedder } from './embedder.ts'
import type { IndexDefinition } from './define-index.ts'
import { readVector } from './read-vector.ts'
import { SearchError } from './search-error.ts'

/** The most texts of one call of the embedder: what it holds in memory at a time. */
const mostTexts = 256

/** What the vectors are for. */
export interface EmbedPurpose {
  readonly field: CheckedVectorField
  readonly purpose: 'query' | 'document'
  readonly signal: AbortSignal | undefined
}

/** The vectors of texts, in their order. The same text is embedded once, and not at all if the cache has its vector. */
export async function embedTexts(
  { embedder, embeddingCache }: Pick<IndexDefinition, 'embedder' | 'embeddingCache'>,
  texts: readonly string[],
  purpose: EmbedPurpose,
): Promise<Float32Array[]> {
  if (texts.length === 0) return []
  if (embedder === undefined) throw embedderNotSet(purpose.field)
  const vectors = new Map<string, Float32Array>()
  for (const text of new Set(texts)) {
    const known = await embeddingCache?.get(cacheKey(embedder, text, purpose))
    if (known !== undefined) vectors.set(text, readEmbedding(known, embedder, purpose.field))
  }
  const batch = mostTexts - (mostTexts % Math.min(embedder.maxTexts ?? 1, mostTexts))
  const missing = [...new Set(texts)].filter((text) => !vectors.has(text))
  for (let start = 0; start < missing.length; start += batch) {
    purpose.signal?.throwIfAborted()
    const asked = missing.slice(start, start + batch)
    const { vectors: made } = await embedder.embed(asked, {
      signal: purpose.signal,
      dimensions: purpose.field.dimensions,
      purpose: purpose.purpose,
    })
    if (!Array.isArray(made) || made.length !== asked.length) throw wrongCount(embedder, asked.length, made)
    for (const [at, text] of asked.entries()) {
      const vector = made[at] as readonly number[]
      vectors.set(text, readEmbedding(vector, embedder, purpose.field))
      await embeddingCache?.set(cacheKey(embedder, text, purpose), vector)
    }
  }
  return texts.map((text) => vectors.get(text) as Float32Array)
}

function cacheKey({ id }: Embedder, text: string, { field, purpose }: EmbedPurpose): string {
  return JSON.stringify([id, field.dimensions, purpose, text])
}

function readEmbedding(value: unknown, { id }: Embedder, field: CheckedVectorField): Float32Array {
  const vector = readVector(value, field)
  if (typeof vector !== 'string') return vector
  throw new SearchError(
    'invalid_embedding',
    `The embedder "${id}" must give for "${field.name}" ${vector}, got ${describeValue(value)}. Check the model and the "dimensions" of the field.`,
    { details: { field: field.name, embedder: id } },
  )
}

function wrongCount({ id }: Embedder, asked: number, made: unknown): SearchError {
  const came = Array.isArray(made) ? `${made.length}` : describeValue(made)
  return new SearchError('invalid_embedding', `The embedder "${id}" must give ${asked} vectors, got ${came}.`, {
    details: { embedder: id },
  })
}

function embedderNotSet({ name }: CheckedVectorField): SearchError {
  return new SearchError(
    'embedder_not_set',
    `Text has to become a vector of "${name}", and the index has no embedder. Open it with "embedder", or give the vector.`,
    { details: { field: name } },
  )
}
