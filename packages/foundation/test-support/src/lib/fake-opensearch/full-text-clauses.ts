import { blendFrequencies } from './blend-frequencies.ts'
import { best, readBoost } from './compound-clauses.ts'
import type { PlacedTerm } from './index-analyzers.ts'
import { mappedField, type MappedField } from './index-mapping.ts'
import { illegalArgument, parsingFailure } from './opensearch-failure.ts'
import type { IndexedText } from './parse-document.ts'
import type { Matcher, QueryContext } from './query-context.ts'
import {
  readArray,
  readChoice,
  readEntry,
  readFlag,
  readNumber,
  readObject,
  readText,
  readWhole,
} from './read-object.ts'

type TextField = Extract<MappedField, { type: 'text' }>

/** Clauses that analyse what they look for. */
export const fullTextClauses = {
  /** Only `cross_fields`, and one analyzer for all fields. */
  multi_match(context: QueryContext, place: string, value: unknown): Matcher {
    const given = readObject(place, value, ['query', 'fields', 'type', 'operator', 'tie_breaker', 'boost', '_name'])
    readChoice('multi_match.type', given['type'], ['cross_fields'])
    readChoice('multi_match.operator', given['operator'] ?? 'or', ['or'])
    const tie = readNumber('tie_breaker', given['tie_breaker'] ?? 0, 0, 1)
    const boost = readBoost(place, given)
    const fields = readArray('multi_match.fields', given['fields']).map(readWeightedField)
    const [analyze, ...others] = new Set(fields.map(({ path }) => textField(context, path).analyze))
    if (analyze === undefined || others.length > 0) throw illegalArgument('the fields must have one analyzer')
    const terms = new Set(analyze(readText('multi_match.query', given['query'])).map(({ term }) => term))
    context.count(fields.length * terms.size - 1)
    const { statistics } = context.index
    const matchers = Array.from(terms, (term): Matcher => {
      const paths = fields.map(({ path }) => path)
      const frequencies = blendFrequencies(statistics, paths, term)
      return (document) => {
        const scores = fields.map(({ path, weight }, at) => {
          const text = document.texts.get(path)
          const places = text?.positions.get(term)
          if (text === undefined || places === undefined) return undefined
          return weight * statistics.score(path, frequencies[at] as number, places.length, text.length)
        })
        return best(scores, tie, boost)
      }
    })
    return (document) => {
      const scores = matchers.map((match) => match(document)).filter((score) => score !== undefined)
      if (scores.length === 0) return undefined
      context.scored.add(document.id)
      return scores.reduce((total, score) => total + score, 0)
    }
  },
  /** Without slop. */
  match_phrase(context: QueryContext, place: string, value: unknown): Matcher {
    const [path, own] = readEntry(place, value)
    const given = readObject(`${place}.${path}`, own, ['query', 'slop', 'boost', '_name'])
    readWhole('match_phrase.slop', given['slop'] ?? 0, 0, 0)
    const terms = positionField(context, path).analyze(readText('match_phrase.query', given['query']))
    return (document) => {
      const text = document.texts.get(path)
      return text !== undefined && hasPhrase(text, terms, 0, true) ? readBoost(place, given) : undefined
    }
  },
  /** Only the ordered `match` rule. */
  intervals(context: QueryContext, place: string, value: unknown): Matcher {
    const [path, own] = readEntry(place, value)
    const { match } = readObject(`${place}.${path}`, own, ['match', 'boost', '_name'])
    const rule = readObject('intervals.match', match, ['query', 'max_gaps', 'ordered'])
    if (!readFlag('intervals.match.ordered', rule['ordered'])) throw parsingFailure('only ordered intervals are known')
    const gaps = readWhole('intervals.match.max_gaps', rule['max_gaps'] ?? -1, -1, 1e9)
    const terms = positionField(context, path).analyze(readText('intervals.match.query', rule['query']))
    context.count(Math.max(0, terms.length - 1))
    return (document) => {
      const text = document.texts.get(path)
      return text !== undefined && hasPhrase(text, terms, gaps === -1 ? Infinity : gaps, false) ? 0.5 : undefined
    }
  },
}

function readWeightedField(field: unknown): { readonly path: string; readonly weight: number } {
  const [path = '', weight = '1', ...rest] = readText('multi_match.fields', field).split('^')
  if (rest.length > 0 || path.includes('*')) throw parsingFailure(`[multi_match] unexpected field [${String(field)}]`)
  return { path, weight: readNumber('multi_match.fields', Number(weight), 0, 1e9) }
}

export function textField({ index }: QueryContext, path: string): TextField {
  const field = mappedField(index.mapping, path)
  if (field.type === 'text') return field
  throw illegalArgument(`field [${path}] is of type [${field.type}], expected [text]`)
}

function positionField(context: QueryContext, path: string): TextField {
  const field = textField(context, path)
  if (field.hasPositions) return field
  throw illegalArgument(`field:[${path}] was indexed without position data; cannot run PhraseQuery`)
}

/** Whether the terms come in their order, as far apart as in the query, and at most so many further places in between. */
function hasPhrase({ positions }: IndexedText, terms: readonly PlacedTerm[], gaps: number, isExact: boolean): boolean {
  const [first] = terms
  if (first === undefined) return false
  return (positions.get(first.term) ?? []).some((start) => {
    let at = start
    let extra = 0
    for (const [number, { term, position }] of terms.slice(1).entries()) {
      const wanted = at + position - (terms[number]?.position as number)
      const places = positions.get(term) ?? []
      const next = isExact ? places.find((place) => place === wanted) : places.find((place) => place >= wanted)
      if (next === undefined) return false
      extra += next - wanted
      at = next
    }
    return extra <= gaps
  })
}
