import type { IndexTables } from './index-tables.ts'
import type { SqliteFile } from './sqlite-file.ts'

/** How many pages of the index of words are merged in one step. */
const stepPages = 256
/** How many pages are given back in one step. */
const vacuumPages = 1024
/** How many pages a removed document is worth: what it left in the index goes with those. */
const pagesPerRemoval = 4

/**
 * A part of the merging that removals make worth while, in the transaction that removes: so the index stays small by itself, and no
 * write waits long. Inside a write.
 */
export function mergeSome(file: SqliteFile, { text, textFields }: IndexTables, removals: number): void {
  if (removals === 0) return
  if (textFields.length > 0) {
    const pages = Math.min(removals * pagesPerRemoval, stepPages)
    file.run(`INSERT INTO ${text} (${text}, rank) VALUES ('merge', ?)`, pages)
  }
  const free = file.first('PRAGMA freelist_count')?.[0] as number
  const all = file.first('PRAGMA page_count')?.[0] as number
  if (free > all / 4) file.script(`PRAGMA incremental_vacuum(${stepPages})`)
}

/** Merges the index of words into one piece, removes words that no document has, and gives room back: in steps, with searches in between. */
export async function optimizeTables(
  file: SqliteFile,
  tables: IndexTables,
  number: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { text, vocabulary, words, textFields } = tables
  if (textFields.length > 0) {
    // The first, with a minus, takes up all pieces; the others go on until nothing is left to do.
    await steps((first) => {
      const before = totalChanges(file)
      file.run(`INSERT INTO ${text} (${text}, rank) VALUES ('merge', ?)`, first ? -stepPages : stepPages)
      return totalChanges(file) - before >= 2
    })
    await file.write(() => {
      const { changes } = file.run(`DELETE FROM ${words} WHERE term NOT IN (SELECT term FROM ${vocabulary})`)
      if (changes > 0) file.run('UPDATE search_indexes SET purges = purges + 1 WHERE number = ?', number)
    }, signal)
  }
  await steps(() => {
    file.script(`PRAGMA incremental_vacuum(${vacuumPages})`)
    return file.first('PRAGMA auto_vacuum')?.[0] === 2 && (file.first('PRAGMA freelist_count')?.[0] as number) > 0
  })
  // Answers that it is busy rather than throw, while others read: then the next one does it.
  await file.exec('PRAGMA wal_checkpoint(TRUNCATE)', signal)

  /** Until there is nothing left to do. */
  async function steps(step: (first: boolean) => boolean): Promise<void> {
    for (let first = true; await file.write(() => step(first), signal); first = false) {
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
}

function totalChanges(file: SqliteFile): number {
  return file.first('SELECT total_changes()')?.[0] as number
}
