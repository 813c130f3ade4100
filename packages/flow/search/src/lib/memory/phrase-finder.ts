import type { CheckedTextQuery } from '../checked-request.ts'
import { SearchError } from '../search-error.ts'
import type { TextIndex } from './text-index.ts'
import type { PhraseTerm } from './token-stream.ts'

const mostWords = 256

/** Says of a document whether one value of one of the query's fields has its words side by side. */
export function phraseFinder(
  index: TextIndex,
  { fields, match, slop }: CheckedTextQuery,
): (document: number) => boolean {
  const phrases = index.analyzers.map((analyzer) => readPhrase(index, analyzer.tokens(match), analyzer))
  const wanted = fields.map(({ field }) => index.fields.indexOf(field))
  const { fieldBits } = index.documents
  return (document) =>
    wanted.some((field) => {
      const phrase = phrases[index.analyzerOf[field] as number]
      const key = ((document << fieldBits) | field) >>> 0
      return phrase !== undefined && index.stream.hasPhrase(key, phrase, slop)
    })
}

/** The terms with their places; `undefined` if no document can have them. */
function readPhrase(
  { vocabulary }: TextIndex,
  tokens: readonly string[],
  analyzer: TextIndex['analyzers'][number],
): PhraseTerm[] | undefined {
  if (tokens.length > mostWords) {
    throw new SearchError('invalid_query', `A phrase must have at most ${mostWords} words, got ${tokens.length}.`, {
      details: { path: 'query.match' },
    })
  }
  const phrase: PhraseTerm[] = []
  let first: number | undefined
  for (const [place, token] of tokens.entries()) {
    const term = analyzer.term(token)
    if (term === undefined) continue
    const number = vocabulary.numberOf(term)
    if (number === undefined) return undefined
    first ??= place
    phrase.push({ term: number, offset: place - first })
  }
  return phrase.length === 0 ? undefined : phrase
}
