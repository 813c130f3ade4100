import type { BackendHit, CheckedRequest } from '@empire/search/backend'
import { codesOf, type DocumentCodes } from './holdings.ts'
import type { Matches } from './matches.ts'
import { scoreOf } from './score-list.ts'
import { type FoundForm, saturation, type ScoredWord } from './score-words.ts'
import type { PageDocument } from './sort-page.ts'
import type { SqliteSearch } from './sqlite-search.ts'
import { decodeTerm } from './text-code.ts'

type Explanation = NonNullable<BackendHit['explain']>
type TermExplanation = NonNullable<Extract<Explanation, { type: 'text' }>['terms']>[number]

/** b of the `bm25` of FTS5: how much a long document is held against it. */
const lengthPenalty = 0.75

/** Why a hit has its score. */
export function explainHit(
  search: SqliteSearch,
  { query }: CheckedRequest,
  { words }: Matches,
  { number, score }: PageDocument,
  codes: DocumentCodes | undefined,
): Explanation {
  if (query?.type === 'nearest') {
    return { type: 'vector', score, field: query.field.name, metric: query.field.metric, exact: true }
  }
  if (query?.type !== 'text' || words === undefined) return { type: 'filter', score: 0 }
  const weights = search.tables.textFields.map((own) => query.fields.find(({ field }) => field === own)?.weight ?? 0)
  const terms = words.flatMap((word) => explainWord({ search, codes: codes ?? [], weights }, word, number))
  return { type: 'text', score, terms }
}

interface Explained {
  readonly search: SqliteSearch
  readonly codes: DocumentCodes
  readonly weights: readonly number[]
}

/** Forms of one word saturate together: each has its share of what the word adds. */
function explainWord(explained: Explained, word: ScoredWord, number: number): TermExplanation[] {
  const own = word.forms.flatMap((form) => {
    const x = scoreOf(form.found, number)
    return x === undefined ? [] : [{ form, x: x * form.similarity }]
  })
  const all = own.reduce((sum, { x }) => sum + x, 0)
  const score = (word.count * word.information * (saturation + 1) * all) / (all + saturation)
  return own.map(({ form, x }) => ({
    term: codesOf(form, explained.codes).map(decodeTerm).join(', '),
    score: (score * x) / all,
    idf: word.information,
    count: word.count,
    similarity: form.similarity,
    fields: explainFields(explained, form, x / form.similarity),
  }))
}

/** Lengths are those of the whole document, for so FTS5 counts; their mean is computed back from x. */
function explainFields({ search, codes, weights }: Explained, form: FoundForm, x: number): TermExplanation['fields'] {
  const wanted = new Set(codesOf(form, codes))
  const { textFields } = search.tables
  const found = textFields.flatMap((field, at) => {
    const occurrences = form.fields.includes(field) ? (codes[at] ?? []).filter((code) => wanted.has(code)).length : 0
    return occurrences === 0 ? [] : [{ name: field.name, occurrences, weight: weights[at] as number }]
  })
  const length = codes.reduce((sum, own) => sum + own.length, 0)
  const weighted = found.reduce((sum, { occurrences, weight }) => sum + occurrences * weight, 0)
  const averageLength = (lengthPenalty * length) / (weighted / x - 1 + lengthPenalty)
  return Object.fromEntries(
    found.map(({ name, occurrences, weight }) => [name, { occurrences, weight, length, averageLength }]),
  )
}
