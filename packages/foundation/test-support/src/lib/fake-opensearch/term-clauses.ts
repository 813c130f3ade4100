import { readBoost } from './compound-clauses.ts'
import { editDistance } from './edit-distance.ts'
import { mappedField } from './index-mapping.ts'
import { illegalArgument, OpenSearchFailure, parsingFailure } from './opensearch-failure.ts'
import type { Matcher, QueryContext } from './query-context.ts'
import { readArray, readEntry, readFlag, readNumber, readObject, readText, readWhole } from './read-object.ts'
import { textField } from './full-text-clauses.ts'

/** As `index.max_terms_count` has it. */
const mostTerms = 65_536

/** Automata of longer words have more states than Lucene makes. */
const longestFuzzy = 220

/** Clauses that look for terms as they stand. */
export const termClauses = {
  term(context: QueryContext, place: string, value: unknown): Matcher {
    const [path, own] = readEntry(place, value)
    const given = readObject(`${place}.${path}`, own, ['value', 'boost', 'case_insensitive', '_name'])
    return equals(context, path, [given['value']], readBoost(place, given))
  },
  terms(context: QueryContext, place: string, value: unknown): Matcher {
    const { boost = 1, ...rest } = readObject(place, value)
    const [path, values] = readEntry(place, rest)
    const list = readArray(`terms.${path}`, values)
    if (list.length > mostTerms) {
      throw illegalArgument(
        `The number of terms [${list.length}] used in the Terms Query request has exceeded the allowed maximum of [${mostTerms}].`,
      )
    }
    return equals(context, path, list, readBoost(place, { boost }))
  },
  ids(_context: QueryContext, place: string, value: unknown): Matcher {
    const { values } = readObject(place, value, ['values', 'boost', '_name'])
    const ids = new Set(readArray('ids.values', values).map((id) => readText('ids.values', id)))
    return ({ id }) => (ids.has(id) ? 1 : undefined)
  },
  range(context: QueryContext, place: string, value: unknown): Matcher {
    const [path, own] = readEntry(place, value)
    const { type } = mappedField(context.index.mapping, path)
    context.count(1)
    const { gt, gte, lt, lte } = readObject(`${place}.${path}`, own, ['gt', 'gte', 'lt', 'lte', 'boost', 'format'])
    const bound = (given: unknown): string | number | undefined =>
      given === undefined ? undefined : (readTerm(path, type, given) as string | number)
    const [above, from, below, to] = [bound(gt), bound(gte), bound(lt), bound(lte)]
    return ({ values }) => {
      const isWithin = (values.get(path) ?? []).some(
        (part) =>
          (above === undefined || compare(part, above) > 0) &&
          (from === undefined || compare(part, from) >= 0) &&
          (below === undefined || compare(part, below) < 0) &&
          (to === undefined || compare(part, to) <= 0),
      )
      return isWithin ? 1 : undefined
    }
  },
  prefix(context: QueryContext, place: string, value: unknown): Matcher {
    const [path, own] = readEntry(place, value)
    const given = readObject(`${place}.${path}`, own, ['value', 'boost', 'case_insensitive', 'rewrite', '_name'])
    const prefix = readText('prefix.value', given['value'])
    const boost = readBoost(place, given)
    textField(context, path)
    return (document) => {
      for (const term of document.texts.get(path)?.positions.keys() ?? []) {
        if (!term.startsWith(prefix)) continue
        context.scored.add(document.id)
        return boost
      }
      return undefined
    }
  },
  fuzzy(context: QueryContext, place: string, value: unknown): Matcher {
    const [path, own] = readEntry(place, value)
    const keys = [
      'value',
      'boost',
      'fuzziness',
      'max_expansions',
      'prefix_length',
      'rewrite',
      'transpositions',
      '_name',
    ]
    const given = readObject(`${place}.${path}`, own, keys)
    const word = readText('fuzzy.value', given['value'])
    if (Buffer.byteLength(word) > longestFuzzy) {
      throw new OpenSearchFailure(500, 'fuzzy_terms_exception', `Term too complex: ${word}`)
    }
    const most = readWhole('fuzzy.fuzziness', given['fuzziness'], 0, 2)
    const fixed = word.slice(0, readWhole('fuzzy.prefix_length', given['prefix_length'] ?? 0, 0, 1000))
    const expansions = readWhole('fuzzy.max_expansions', given['max_expansions'] ?? 50, 1, 1024)
    readFlag('fuzzy.transpositions', given['transpositions'] ?? true)
    if (
      !/^(?:constant_score|scoring_boolean|constant_score_boolean|top_terms(?:_boost|_blended_freqs)?_\d+)$/.test(
        String(given['rewrite'] ?? 'constant_score'),
      )
    ) {
      throw parsingFailure(`Failed to parse rewrite_method [${String(given['rewrite'])}]`)
    }
    const boost = readBoost(place, given)
    textField(context, path)
    const { statistics } = context.index
    const near = [...statistics.terms(path)]
      .flatMap((term): [string, number][] => {
        const isNear = term.startsWith(fixed) && Math.abs(term.length - word.length) <= 2 * most
        const edits = isNear ? editDistance(word, term) : 3
        return edits > most ? [] : [[term, 1 - edits / Math.min(term.length, word.length)]]
      })
      .toSorted(([, left], [, right]) => right - left)
      .slice(0, expansions)
    context.count(Math.max(0, near.length - 1))
    const frequency = Math.max(...near.map(([term]) => statistics.frequency(path, term)))
    return (document) => {
      const { positions } = document.texts.get(path) ?? {}
      const found = near.filter(([term]) => positions?.has(term) === true)
      if (found.length === 0) return undefined
      context.scored.add(document.id)
      const one = statistics.score(path, frequency, 1, undefined)
      return found.reduce((total, [, similarity]) => total + boost * one * Math.max(similarity, 0), 0)
    }
  },
}

function equals(context: QueryContext, path: string, wanted: readonly unknown[], boost: number): Matcher {
  const { type } = mappedField(context.index.mapping, path)
  const set = new Set(wanted.map((value) => readTerm(path, type, value)))
  if (type === 'text') {
    return ({ texts }) => {
      const { positions } = texts.get(path) ?? {}
      for (const term of set) if (positions?.has(term as string) === true) return boost
      return undefined
    }
  }
  // By the index or by the values of the documents: both ways count.
  context.count(1)
  return ({ values }) => ((values.get(path) ?? []).some((value) => set.has(value)) ? boost : undefined)
}

function readTerm(path: string, type: string, value: unknown): string | number | boolean {
  if ((type === 'keyword' || type === 'text') && typeof value === 'string') return value
  if (type === 'double' || type === 'byte' || type === 'long') return readNumber(path, value, -Infinity, Infinity)
  if (type === 'boolean') return readFlag(path, value)
  throw new OpenSearchFailure(
    400,
    'query_shard_exception',
    `failed to create query for field [${path}] of type [${type}]`,
  )
}

/** Strings by their UTF-8, as Lucene has them. */
export function compare(left: string | number | boolean, right: string | number | boolean): number {
  if (typeof left === 'string') return Buffer.compare(Buffer.from(left), Buffer.from(String(right)))
  return Number(left) - Number(right)
}
