import { type CheckedTextQuery, inverseDocumentFrequency } from '@empire/search/backend'
import type { CodedWord, WordForm } from './code-words.ts'
import { addLists, type ScoreList } from './score-list.ts'
import { type Condition, listTable, type SqliteSearch } from './sqlite-search.ts'

/** A form of a word, with the documents that have it. */
export interface FoundForm extends WordForm {
  /** Of each document the weight x: occurrences, weighted by field and held against the length of the document. */
  readonly found: ScoreList
}

/** A word of a query, with what the index knows of it. */
export interface ScoredWord {
  readonly count: number
  /** How much it tells. */
  readonly information: number
  readonly forms: readonly FoundForm[]
}

/** k1 of BM25: how soon more of the same word stops counting. Textbooks give 1.2 to 2. */
export const saturation = 1.5

/** k1 of FTS5, which cannot be set: https://sqlite.org/fts5.html#the_bm25_function */
const ownSaturation = 1.2

/** How many documents are read at once. */
const pageSize = 65_536

/**
 * The words with the documents that have them, of those in `allowed`.
 *
 * The `bm25` of FTS5 gives −idf · x (k1 + 1) / (x + k1) for one term, and nothing for terms that half of the documents have: its idf is
 * cut off there. So x is computed back from it, and the score put together anew.
 */
export function scoreWords(
  search: SqliteSearch,
  query: CheckedTextQuery,
  words: readonly CodedWord[],
  allowed: readonly number[] | undefined,
): ScoredWord[] {
  const weights = search.tables.textFields.map((own) => query.fields.find(({ field }) => field === own)?.weight ?? 0)
  const among = allowed && amongNumbers(search, allowed)
  return words.map(({ count, forms }) => {
    let most = 0
    const found = forms.map((form): FoundForm => {
      const rows = readForm(search, form.expression, weights, among)
      const documents = among === undefined ? rows.length : countDocuments(search, form.expression)
      most = Math.max(most, countEverywhere(search, form, documents))
      return { ...form, found: toWeights(rows, ownInformation(documents, search.entry.documents)) }
    })
    return { count, information: inverseDocumentFrequency(most, search.entry.documents), forms: found }
  })
}

/** One of some documents: kept once, and looked up for each that a form finds, however many forms there are. */
function amongNumbers(search: SqliteSearch, numbers: readonly number[]): Condition {
  const sql = `EXISTS (SELECT 1 FROM ${listTable} WHERE list = ? AND value = +${search.tables.text}.rowid)`
  return { sql, parameters: [search.keepList(numbers)] }
}

/** The scores of all documents that have a word. */
export function addScores(words: readonly ScoredWord[]): ScoreList {
  return addLists(
    words.map(({ count, information, forms }) => {
      const sum = addLists(forms.map(({ found, similarity }) => ({ list: found, factor: similarity })))
      const scores = sum.scores.map((x) => (count * information * (saturation + 1) * x) / (x + saturation))
      return { list: { numbers: sum.numbers, scores }, factor: 1 }
    }),
  )
}

function readForm(
  search: SqliteSearch,
  expression: string,
  weights: readonly number[],
  among: Condition | undefined,
): (readonly [number: number, rank: number])[] {
  const { text } = search.tables
  const marks = weights.map(() => ', ?').join('')
  const also = among === undefined ? '' : ` AND ${among.sql}`
  const sql = `SELECT rowid, bm25(${text}${marks}) FROM ${text} WHERE ${text} MATCH ? AND rowid > ?${also} LIMIT ${pageSize}`
  const rows: (readonly [number, number])[] = []
  for (let last = 0; ;) {
    const page = search.all(sql, ...weights, expression, last, ...(among?.parameters ?? []))
    for (const row of page) rows.push(row as unknown as readonly [number, number])
    if (page.length < pageSize) return rows
    last = page.at(-1)?.[0] as number
  }
}

function countDocuments(search: SqliteSearch, expression: string): number {
  const { text } = search.tables
  return search.first(`SELECT count(*) FROM ${text} WHERE ${text} MATCH ?`, expression)?.[0] as number
}

/** How many documents have a term in whichever field, be it asked for or not: what a word tells does not hang on where it is looked for. */
function countEverywhere(search: SqliteSearch, { code, fields, isPrefix }: WordForm, found: number): number {
  const { textFields, vocabulary } = search.tables
  if (isPrefix || fields.length === textFields.length) return found
  return (search.first(`SELECT doc FROM ${vocabulary} WHERE term = ?`, code)?.[0] ?? 0) as number
}

function toWeights(rows: readonly (readonly [number, number])[], information: number): ScoreList {
  const numbers = new Float64Array(rows.length)
  const scores = new Float64Array(rows.length)
  for (const [at, [number, rank]] of rows.entries()) {
    const share = -rank / information
    numbers[at] = number
    scores[at] = (ownSaturation * share) / (ownSaturation + 1 - share)
  }
  return { numbers, scores }
}

/** As FTS5 computes it. */
function ownInformation(documents: number, size: number): number {
  const information = Math.log((size - documents + 0.5) / (documents + 0.5))
  return information > 0 ? information : 1e-6
}
