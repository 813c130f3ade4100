import type { IndexFile } from './index-file.ts'

/** What is in an index file; plain data. */
export interface IndexStatus {
  /** The addresses that it was filled from. */
  readonly sources: readonly string[]
  /** What made the vectors; `null` for an index of words alone. */
  readonly embedder: string | null
  readonly documents: number
  /** Documents that a run began to write when it was killed: the next one writes them again. */
  readonly pending: number
  readonly chunks: number
  readonly deadLetters: number
  /** Documents that have a dead letter: the index has what they were before. */
  readonly outdated: number
  /** The number of dead letters by error class. */
  readonly errorClasses: Readonly<Record<string, number>>
}

/** Looks an index file through. */
export async function indexStatus({ index, state, deadLetters, sources, embedder }: IndexFile): Promise<IndexStatus> {
  let [documents, pending] = [0, 0]
  for (const source of await state.sources()) {
    for await (const { status } of state.items(source)) {
      if (status === 'indexed') documents++
      else pending++
    }
  }
  let outdated = 0
  const letters = new Map<string, number>()
  for await (const { errorClass, source, item } of deadLetters.list()) {
    letters.set(errorClass, (letters.get(errorClass) ?? 0) + 1)
    if ((await state.get(source, item.id))?.status === 'indexed') outdated++
  }
  const { documents: chunks } = await index.statistics()
  return {
    sources: sources.list(),
    embedder: embedder ?? null,
    documents,
    pending,
    chunks,
    outdated,
    deadLetters: [...letters.values()].reduce((sum, count) => sum + count, 0),
    errorClasses: Object.fromEntries(letters),
  }
}
