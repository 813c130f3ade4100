import type { DeadLetterStore } from '@empire/ingest'

/** How many dead letters there are of each error class, in the order of the oldest. */
export async function countLetters(deadLetters: DeadLetterStore): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for await (const { errorClass } of deadLetters.list()) counts.set(errorClass, (counts.get(errorClass) ?? 0) + 1)
  return counts
}
