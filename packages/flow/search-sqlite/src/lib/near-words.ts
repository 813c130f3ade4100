import { fromSqlText, toSqlText } from '@empire/sqlite'
import type { SqliteSearch } from './sqlite-search.ts'
import { WordDistance } from './word-distance.ts'

/** What words must be near to. */
export interface NearWordsOptions {
  /** The number of the analyzer whose words are looked at. */
  readonly analyzer: number
  /** Folded. */
  readonly word: string
  /** At most so many letters are inserted, deleted, replaced, or swapped with their neighbour. */
  readonly most: number
  /** So many letters at the beginning must be the same. */
  readonly prefixLength: number
}

/** How many words are read in vain before it is cheaper to look up the next one that may be near. */
const mostInVain = 12

/**
 * The terms of the words that are nearly spelt so, with how near they are.
 *
 * Words are read in their order. Where a beginning is too far away already, all words that begin so are passed over.
 */
export function nearWords(
  search: SqliteSearch,
  { analyzer, word, most, prefixLength }: NearWordsOptions,
): { readonly code: string; readonly similarity: number }[] {
  const sql = `SELECT word, term FROM ${search.tables.words} WHERE analyzer = ? AND word >= ? AND word < ? ORDER BY word`
  const prefix = toSqlText(wholeLetters(word, prefixLength))
  const distances = new WordDistance(word, most)
  const best = new Map<string, number>()
  let from: string | undefined = prefix
  while (from !== undefined) {
    let far: string | undefined
    let inVain = 0
    let next: string | undefined
    for (const [other, term] of search.iterate(sql, analyzer, from, behind(prefix)) as Iterable<[string, string]>) {
      if (far !== undefined && other.startsWith(far)) {
        inVain += 1
        if (inVain < mostInVain) continue
        next = behind(far)
        break
      }
      const count = distances.to(fromSqlText(other))
      far = distances.far === undefined ? undefined : toSqlText(wholeLetters(fromSqlText(other), distances.far))
      inVain = 0
      if (count > most) continue
      const similarity = count === 0 ? 1 : 1 - (count + 1) / (Math.max(word.length, 3) + 2)
      if (similarity > (best.get(term) ?? 0)) best.set(term, similarity)
    }
    from = next
  }
  return Array.from(best, ([code, similarity]) => ({ code, similarity }))
}

/** The first units of a word, and the rest of a letter that they cut in two. */
function wholeLetters(word: string, length: number): string {
  const isCut = /[\ud800-\udbff]/.test(word[length - 1] ?? '')
  return word.slice(0, isCut ? length + 1 : length)
}

/** Stands behind all words that begin so. */
function behind(prefix: string): string {
  return `${prefix}\u{10ffff}`
}
