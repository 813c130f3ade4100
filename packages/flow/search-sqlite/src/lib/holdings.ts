import type { FoundForm, ScoredWord } from './score-words.ts'
import { scoreOf } from './score-list.ts'
import type { SqliteSearch } from './sqlite-search.ts'
import { decodeTerm } from './text-code.ts'

/** Of a document the codes of its words, by text field. */
export type DocumentCodes = readonly (readonly string[])[]

/** What a document holds of the words of a query. */
export function holdings(
  words: readonly ScoredWord[],
  number: number,
  codes: DocumentCodes | undefined,
): { coverage: number; terms: string[] } {
  const terms = new Set<string>()
  let held = 0
  let asked = 0
  for (const { information, forms } of words) {
    asked += information
    const own = forms.filter(({ found }) => scoreOf(found, number) !== undefined)
    if (own.length === 0) continue
    held += information
    for (const form of own) for (const code of codesOf(form, codes)) terms.add(decodeTerm(code))
  }
  return { coverage: held / asked, terms: [...terms] }
}

/** The codes that a form of a word stands for in a document. */
export function codesOf({ code, isPrefix }: FoundForm, codes: DocumentCodes | undefined): string[] {
  if (!isPrefix) return [code]
  return [...new Set((codes ?? []).flatMap((field) => field.filter((own) => own.startsWith(code))))]
}

/** The codes of documents, as they were indexed. */
export function readCodes(
  search: SqliteSearch,
  documents: readonly { readonly number: number }[],
): Map<number, DocumentCodes> {
  const { text, textFields } = search.tables
  const sql = `SELECT ${textFields.map((field) => search.tables.column(field)).join(', ')} FROM ${text} WHERE rowid = ?`
  return new Map(
    documents.map(({ number }) => {
      const row = search.first(sql, number) ?? []
      return [number, row.map((codes) => (typeof codes === 'string' ? codes.split(' ') : []))]
    }),
  )
}
