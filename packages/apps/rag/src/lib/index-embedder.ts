import type { EmbeddingModel } from '@empire/llm'
import { createEmbedder } from './create-embedder.ts'
import { readEmbedder, saveEmbedder, type StoredEmbedder } from './embedder-table.ts'
import type { Environment } from './environment.ts'
import { readTables } from './expect-index.ts'
import type { EmbedderName } from './model-name.ts'
import { UsageError } from './usage-error.ts'

/** What turns texts into the vectors of an index file. */
export interface IndexEmbedder extends StoredEmbedder {
  readonly model: EmbeddingModel
}

/** Which embedder is asked for, and where its key is. */
export interface EmbedderOptions {
  /** Default: that of the file. */
  readonly given: EmbedderName | undefined
  /** Whether a file that is not there will be made. Default: `false`. */
  readonly create?: boolean
  readonly environment: Environment
  readonly signal: AbortSignal | undefined
}

/**
 * The embedder of an index file, `undefined` for one without. The first asks for one vector, to know their length.
 *
 * @throws UsageError for another than that of the file; MissingKeyError; ModelError.
 */
export async function openEmbedder(
  path: string,
  { given, create = false, environment, signal }: EmbedderOptions,
): Promise<IndexEmbedder | undefined> {
  const stored = await readEmbedder(path)
  const name = given ?? stored?.name
  if (name === undefined) return undefined
  const tables = await readTables(path)
  // What is no database is told by who opens it.
  if (tables === undefined) return undefined
  if (stored === undefined && tables.length > 0) {
    throw new UsageError(
      `The index ${path} was made without an embedder, and has no vectors. Leave out --embedder ${name}, or fill another index with it.`,
    )
  }
  if (stored !== undefined && stored.name !== name) {
    throw new UsageError(
      `The vectors of ${path} are those of ${stored.name}, and cannot be compared with those of ${name}. Leave out --embedder, or fill another index with it.`,
    )
  }
  if (stored === undefined && !create) return undefined
  const model = createEmbedder(name, environment)
  if (stored !== undefined) return { ...stored, model }
  const { vectors } = await model.embed(['length'], { signal, purpose: 'document' })
  const dimensions = vectors[0]?.length ?? 0
  await saveEmbedder(path, { name, dimensions })
  return { name, dimensions, model }
}
