import { equal } from 'node:assert/strict'
import type { Filter } from '../filter.ts'
import { type CaseDefinition, refuses, type Setting, withIndex } from './search-case.ts'

const fields = {
  text: { type: 'text' },
  hidden: { type: 'text', stored: false },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  ok: { type: 'boolean' },
  v: { type: 'vector', dimensions: 2 },
} as const
const setting: Setting<typeof fields> = { fields, documents: [{ id: 'a', text: 'fox', tag: 'x' }] }

const rows: readonly (readonly [request: unknown, message: string])[] = [
  ['fox', '"request" must be an object such as { query: { match: "words" } }, got a string ("fox").'],
  [
    { querry: 'fox' },
    '"request" must have no key but "query", "filter", "facets", "highlight", "sort", "limit", "cursor", "fields", "explain", got "querry". Did you mean "query"?',
  ],
  [{ query: 5 }, '"query" must be an object with exactly one of "match", "nearest", "hybrid", got a number (5).'],
  [{ query: {} }, '"query" must be an object with exactly one of "match", "nearest", "hybrid", got an empty object.'],
  [
    { query: { mach: 'fox' } },
    '"query" must be an object with exactly one of "match", "nearest", "hybrid", got "mach". Did you mean "match"?',
  ],
  [
    { query: { match: 'a', nearest: {} } },
    '"query" must be an object with exactly one of "match", "nearest", "hybrid", got "match", "nearest".',
  ],
  [{ query: { match: 5 } }, '"query.match" must be a well-formed string, got a number (5).'],
  [
    { query: { match: 'a', mod: 'all' } },
    '"query" must have no key but "match", "mode", "fields", "slop", "distance", "prefixLength", got "mod". Did you mean "mode"?',
  ],
  [
    { query: { match: 'a', mode: 'phrases' } },
    '"query.mode" must be one of "any", "all", "phrase", "prefix", "fuzzy", got a string ("phrases"). Did you mean "phrase"?',
  ],
  [{ query: { match: 'a', slop: 1 } }, '"query.slop" belongs to the mode "phrase", got the mode "any".'],
  [
    { query: { match: 'a', mode: 'fuzzy', distance: 3 } },
    '"query.distance" must be a whole number from 0 to 2, got a number (3).',
  ],
  [
    { query: { match: 'a', fields: ['texts'] } },
    '"query.fields[0]" must be a field of type text ("text", "hidden"), got a string ("texts"). Did you mean "text"?',
  ],
  [
    { query: { match: 'a', fields: ['tag'] } },
    '"query.fields[0]" must be a field of type text ("text", "hidden"), got "tag" of type keyword.',
  ],
  [
    { query: { match: 'a', fields: { text: 0 } } },
    '"query.fields.text" must be a number from 0.001 to 1000, got a number (0).',
  ],
  [{ query: { match: 'a', fields: [] } }, '"query.fields" must have from 1 to 256 parts, got 0.'],
  [
    { query: { nearest: { field: 'v' } } },
    '"query.nearest" must have exactly one of "vector" and "text", got neither.',
  ],
  [
    { query: { nearest: { field: 'text', vector: [1, 2] } } },
    '"query.nearest.field" must be a field of type vector ("v"), got "text" of type text.',
  ],
  [
    { query: { nearest: { field: 'v', vector: [1, 2], k: 0 } } },
    '"query.nearest.k" must be a whole number from 1 to 10000, got a number (0).',
  ],
  [
    { query: { nearest: { field: 'v', vector: [1, 2], k: 9, numCandidates: 5 } } },
    '"query.nearest.numCandidates" must be a whole number from 9 to 10000, got a number (5).',
  ],
  [{ query: { hybrid: [] } }, '"query.hybrid" must have from 1 to 16 parts, got 0.'],
  [
    { query: { hybrid: [{ query: { hybrid: [] } }] } },
    '"query.hybrid[0].query" must be an object with exactly one of "match", "nearest", got "hybrid".',
  ],
  [
    { query: { hybrid: [{ query: { match: 'a' }, wieght: 2 }] } },
    '"query.hybrid[0]" must have no key but "query", "weight", got "wieght". Did you mean "weight"?',
  ],
  [
    { query: { hybrid: [{ query: { match: 'a' } }], fusion: 'sum' } },
    '"query.fusion" must be one of "rrf", got a string ("sum").',
  ],
  [
    { filter: [] },
    '"filter" must be an object with exactly one of "and", "or", "not", "term", "in", "range", "exists", "ids", got an empty array.',
  ],
  [
    { filter: {} },
    '"filter" must be an object with exactly one of "and", "or", "not", "term", "in", "range", "exists", "ids", got an empty object.',
  ],
  [
    { filter: { tag: 'x' } },
    '"filter" must be an object with exactly one of "and", "or", "not", "term", "in", "range", "exists", "ids", got "tag".',
  ],
  [
    { filter: { terms: { tag: 'x' } } },
    '"filter" must be an object with exactly one of "and", "or", "not", "term", "in", "range", "exists", "ids", got "terms". Did you mean "term"?',
  ],
  [
    { filter: { term: { tag: 'x' }, exists: 'tag' } },
    '"filter" must be an object with exactly one of "and", "or", "not", "term", "in", "range", "exists", "ids", got "term", "exists".',
  ],
  [
    { filter: { term: { tags: 'x' } } },
    '"filter.term.tags" must be a field of type text or keyword or number or date or boolean ("text", "hidden", "tag", "year", "ok"), got a string ("tags"). Did you mean "tag"?',
  ],
  [
    { filter: { term: { tag: 'x', year: 5 } } },
    '"filter.term" must name exactly one field, got "tag", "year". Combine several with "and".',
  ],
  [{ filter: { term: { tag: 5 } } }, '"filter.term.tag" must be a well-formed string, got a number (5).'],
  [{ filter: { term: { year: '5' } } }, '"filter.term.year" must be a finite number, got a string ("5").'],
  [{ filter: { term: { ok: 'true' } } }, '"filter.term.ok" must be true or false, got a string ("true").'],
  [{ filter: { in: { tag: 'x' } } }, '"filter.in.tag" must be an array, got a string ("x").'],
  [{ filter: { in: { tag: ['x', null] } } }, '"filter.in.tag[1]" must be a well-formed string, got null.'],
  [
    { filter: { range: { year: {} } } },
    '"filter.range.year" must have at least one of "gt", "gte", "lt", "lte", got an object.',
  ],
  [
    { filter: { range: { year: { from: 5 } } } },
    '"filter.range.year" must have no key but "gt", "gte", "lt", "lte", got "from".',
  ],
  [
    { filter: { range: { text: { gt: 'a' } } } },
    '"filter.range.text" must be a field of type keyword or number or date ("tag", "year"), got "text" of type text.',
  ],
  [
    { filter: { exists: 'yaer' } },
    '"filter.exists" must be a field of type text or keyword or number or date or boolean or vector ("text", "hidden", "tag", "year", "ok", "v"), got a string ("yaer"). Did you mean "year"?',
  ],
  [
    { filter: { not: { and: [{ term: { tag: 'x' } }, { or: 5 }] } } },
    '"filter.not.and[1].or" must be an array, got a number (5).',
  ],
  [
    { filter: { ids: [''] } },
    '"filter.ids[0]" must be a well-formed string of 1 to 512 bytes of UTF-8, got a string ("").',
  ],
  [
    { facets: { text: {} } },
    '"facets.text" must be a field of type keyword or number or date or boolean ("tag", "year", "ok"), got "text" of type text.',
  ],
  [{ facets: { tag: { size: 5 } } }, '"facets.tag" must have no key but "limit", "ranges", got "size".'],
  [
    { facets: { tag: { ranges: [{ to: 5 }] } } },
    '"facets.tag.ranges" is for number and date fields, without a limit: "tag" is of type keyword.',
  ],
  [
    { facets: { year: { ranges: [{}] } } },
    '"facets.year.ranges[0]" must be an object with "from", "to" or both, got an object.',
  ],
  [
    { query: 'a', highlight: { fields: ['hidden'] } },
    '"highlight.fields[0]" must be a stored field, and "hidden" is not stored.',
  ],
  [{ highlight: { fields: ['text'] } }, '"highlight" needs a query with words to mark, got a request without "match".'],
  [
    { query: 'a', highlight: { fields: ['text'], markers: '*' } },
    '"highlight.markers" must be two strings, such as ["<b>", "</b>"], got a string ("*").',
  ],
  [
    { sort: [{ field: 'text' }] },
    '"sort[0].field" must be a field of type keyword or number or date or boolean ("tag", "year", "ok"), got "text" of type text.',
  ],
  [
    { sort: [{ field: 'year', order: 'down' }] },
    '"sort[0].order" must be one of "asc", "desc", got a string ("down").',
  ],
  [{ limit: -1 }, '"limit" must be a whole number from 0 to 10000, got a number (-1).'],
  [{ limit: 1.5 }, '"limit" must be a whole number from 0 to 10000, got a number (1.5).'],
  [{ limit: Number.POSITIVE_INFINITY }, '"limit" must be a whole number from 0 to 10000, got a number (Infinity).'],
  [{ fields: ['hidden'] }, '"fields[0]" must be a stored field, and "hidden" is not stored.'],
  [{ fields: 'text' }, '"fields" must be an array, got a string ("text").'],
  [{ explain: 'yes' }, '"explain" must be true or false, got a string ("yes").'],
]

/** Requests that are wrong: refused before anything runs, with the place of the fault. */
export const requestCases: readonly CaseDefinition[] = [
  ...rows.map(([request, message]) =>
    withIndex(`refuses ${JSON.stringify(request)?.slice(0, 90)}: ${message.slice(-30)}`, setting, (index) =>
      refuses(index.search(request as never), 'invalid_query', message),
    ),
  ),
  withIndex('refuses a filter nested deeper than 32', setting, async (index) => {
    let filter: Filter<typeof fields> = { exists: 'tag' }
    for (let depth = 0; depth < 100_000; depth += 1) filter = { not: filter }
    await refuses(index.search({ filter }), 'invalid_query')
  }),
  withIndex('refuses a filter of more than 1,024 parts', setting, async (index) => {
    const filter = { or: Array.from({ length: 1024 }, () => ({ exists: 'tag' as const })) }
    await refuses(index.search({ filter }), 'invalid_query', '"filter" must have at most 1024 parts.')
  }),
  withIndex('takes parts of a request that are undefined as left out', setting, async (index) => {
    const request = {
      query: undefined,
      filter: undefined,
      facets: undefined,
      sort: undefined,
      limit: undefined,
      cursor: undefined,
    }
    equal((await index.search(request)).total, 1)
  }),
]
