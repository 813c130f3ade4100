import type { BackendHit, CheckedField, CheckedRequest, CheckedValue } from '@empire/search/backend'
import { explainHit } from './explain-hit.ts'
import { holdings, readCodes } from './holdings.ts'
import type { Matches } from './matches.ts'
import type { PageDocument } from './sort-page.ts'
import type { SqliteSearch } from './sqlite-search.ts'
import { readVector } from './vector-math.ts'

/** The hits of a page, with their stored values. */
export function readHits(
  search: SqliteSearch,
  matches: Matches,
  request: CheckedRequest,
  page: readonly PageDocument[],
): BackendHit[] {
  const stored = readStored(search, request.fields, page)
  const needsCodes = matches.words !== undefined && (request.explain || hasPrefix(matches))
  const codes = needsCodes ? readCodes(search, page) : undefined
  return page.map((document): BackendHit => {
    const { id, number, score, sort } = document
    const own = codes?.get(number)
    return {
      id,
      score,
      sort,
      ...(matches.words === undefined ? {} : holdings(matches.words, number, own)),
      values: stored.get(number) ?? [],
      ...(request.explain ? { explain: explainHit(search, request, matches, document, own) } : {}),
    }
  })
}

function hasPrefix({ words = [] }: Matches): boolean {
  return words.some(({ forms }) => forms.some(({ isPrefix }) => isPrefix))
}

function readStored(
  search: SqliteSearch,
  fields: readonly CheckedField[],
  page: readonly PageDocument[],
): Map<number, (readonly CheckedValue[])[]> {
  const { tables } = search
  if (fields.length === 0 || page.length === 0) return new Map()
  const columns = fields.map((field) => (field.type === 'vector' ? 'NULL' : tables.column(field)))
  const sql = `SELECT number, ${columns.join(', ')} FROM ${tables.documents} WHERE number IN (SELECT value FROM json_each(?))`
  const rows = search.all(sql, JSON.stringify(page.map(({ number }) => number)))
  return new Map(
    rows.map(([number, ...texts]) => [
      number as number,
      fields.map((field, at): readonly CheckedValue[] => {
        if (field.type !== 'vector') return texts[at] === null ? [] : (JSON.parse(String(texts[at])) as CheckedValue[])
        const row = search.first(`SELECT vector FROM ${tables.field(field)} WHERE document = ?`, number as number)
        return row === undefined ? [] : [readVector(row[0] as Uint8Array)]
      }),
    ]),
  )
}
