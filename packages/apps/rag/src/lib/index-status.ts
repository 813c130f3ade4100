import { countLetters } from './count-letters.ts'
import type { IndexFile } from './index-file.ts'

/** What is in an index file; plain data. */
export interface IndexStatus {
  /** The addresses that it was filled from. */
  readonly sources: readonly string[]
  readonly documents: number
  /** Documents that a run began to write when it was killed: the next one writes them again. */
  readonly pending: number
  readonly chunks: number
  readonly deadLetters: number
  /** The number of dead letters by error class. */
  readonly errorClasses: Readonly<Record<string, number>>
}

/** Looks an index file through. */
export async function indexStatus({ index, state, deadLetters, sources }: IndexFile): Promise<IndexStatus> {
  let [documents, pending] = [0, 0]
  for (const source of await state.sources()) {
    for await (const { status } of state.items(source)) {
      if (status === 'indexed') documents++
      else pending++
    }
  }
  const letters = await countLetters(deadLetters)
  const { documents: chunks } = await index.statistics()
  return {
    sources: sources.list(),
    documents,
    pending,
    chunks,
    deadLetters: [...letters.values()].reduce((sum, count) => sum + count, 0),
    errorClasses: Object.fromEntries(letters),
  }
}
