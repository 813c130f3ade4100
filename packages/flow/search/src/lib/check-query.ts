import { describeValue } from '@empire/errors'
import { quoteAll, suggest } from './check-options.ts'
import type { CheckedHybridQuery, CheckedNearestQuery, CheckedTextQuery } from './checked-request.ts'
import type { CheckedSchema, CheckedTextField } from './checked-schema.ts'
import { invalidQuery, readArray, readChoice, readObject, readWeight, readWhole } from './invalid-query.ts'
import { readField } from './read-field.ts'
import { readVector } from './read-vector.ts'
import { SearchError } from './search-error.ts'

/** A vector query whose text is not embedded yet. */
export interface TextToEmbed extends Omit<CheckedNearestQuery, 'vector'> {
  readonly text: string
}

/** A query that is checked, but may have text to embed. */
export type UnembeddedQuery = SingleQuery | UnembeddedHybrid
type SingleQuery = CheckedTextQuery | CheckedNearestQuery | TextToEmbed
interface UnembeddedHybrid extends Omit<CheckedHybridQuery, 'parts'> {
  readonly parts: readonly { readonly query: SingleQuery; readonly weight: number }[]
}

const kinds = ['match', 'nearest', 'hybrid'] as const

/** A query, checked. Throws `invalid_query` with the place of the fault. `embedder` is the index's own. */
export function checkQuery(schema: CheckedSchema, query: unknown, embedder: string | undefined): UnembeddedQuery {
  if (typeof query === 'string') return checkTextQuery(schema, { match: query }, 'query')
  if (readKind(query, 'query', kinds) === 'hybrid') return checkHybrid(schema, query, embedder)
  return checkSingle(schema, query, 'query', embedder)
}

function checkSingle(schema: CheckedSchema, query: unknown, path: string, embedder: string | undefined): SingleQuery {
  return readKind(query, path, ['match', 'nearest']) === 'match'
    ? checkTextQuery(schema, query, path)
    : checkNearest(schema, query, path, embedder)
}

function readKind<Kind extends string>(query: unknown, path: string, allowed: readonly Kind[]): Kind {
  const expected = `an object with exactly one of ${quoteAll(allowed)}`
  if (typeof query !== 'object' || query === null || Array.isArray(query)) throw invalidQuery(path, expected, query)
  const [kind, ...more] = allowed.filter((name) => Object.hasOwn(query, name))
  if (kind !== undefined && more.length === 0) return kind
  const keys = Object.keys(query)
  const unknown = keys.filter((key) => !(allowed as readonly string[]).includes(key))
  const hint = unknown.map((key) => suggest(key, allowed)).find((text) => text !== '') ?? ''
  const came = keys.length === 0 ? 'an empty object' : quoteAll(keys)
  throw new SearchError('invalid_query', `"${path}" must be ${expected}, got ${came}.${hint}`, { details: { path } })
}

const modes = ['any', 'all', 'phrase', 'prefix', 'fuzzy'] as const

function checkTextQuery(schema: CheckedSchema, query: unknown, path: string): CheckedTextQuery {
  const keys = ['match', 'mode', 'fields', 'slop', 'distance', 'prefixLength'] as const
  const given = readObject(path, query, keys, '{ match: "words" }')
  if (typeof given.match !== 'string' || !given.match.isWellFormed()) {
    throw invalidQuery(`${path}.match`, 'a well-formed string', given.match)
  }
  const mode = readChoice(`${path}.mode`, given.mode, modes, 'any')
  for (const [key, wanted] of [
    ['slop', 'phrase'],
    ['distance', 'fuzzy'],
    ['prefixLength', 'fuzzy'],
  ] as const) {
    if (given[key] === undefined || mode === wanted) continue
    throw new SearchError(
      'invalid_query',
      `"${path}.${key}" belongs to the mode "${wanted}", got the mode "${mode}".`,
      {
        details: { path: `${path}.${key}` },
      },
    )
  }
  return {
    type: 'text',
    match: given.match,
    mode,
    fields: checkTextFields(schema, given.fields, `${path}.fields`),
    slop: readWhole(`${path}.slop`, given.slop, 0, 50, 0),
    distance: readWhole(`${path}.distance`, given.distance, 0, 2, undefined) as 0 | 1 | 2 | undefined,
    prefixLength: readWhole(`${path}.prefixLength`, given.prefixLength, 0, 10, 0),
  }
}

function checkTextFields(schema: CheckedSchema, fields: unknown, path: string): CheckedTextQuery['fields'] {
  if (fields === undefined) {
    const all = schema.fields.filter((field): field is CheckedTextField => field.type === 'text')
    if (all.length > 0) return all.map((field) => ({ field, weight: field.weight }))
    throw new SearchError('invalid_query', '"query" has words to match, and the index has no field of type text.', {
      details: { path: 'query' },
    })
  }
  if (Array.isArray(fields)) {
    const names = readArray(path, fields, 1, 256)
    const read = names.map((name, index) => readField(schema, `${path}[${index}]`, name, ['text']))
    return [...new Set(read)].map((field) => ({ field, weight: field.weight }))
  }
  if (typeof fields !== 'object' || fields === null) {
    throw invalidQuery(path, 'an array of field names, or an object of weights by field name', fields)
  }
  const weighted = Object.entries(fields).map(([name, weight]) => {
    const field = readField(schema, `${path}.${name}`, name, ['text'])
    return { field, weight: readWeight(`${path}.${name}`, weight, field.weight) }
  })
  if (weighted.length > 0) return weighted
  throw new SearchError('invalid_query', `"${path}" must name at least one field, got ${describeValue(fields)}.`, {
    details: { path },
  })
}

function checkNearest(
  schema: CheckedSchema,
  query: unknown,
  path: string,
  embedder: string | undefined,
): CheckedNearestQuery | TextToEmbed {
  const { nearest } = readObject(path, query, ['nearest'], '{ nearest: { field, vector } }')
  const at = `${path}.nearest`
  const keys = ['field', 'vector', 'text', 'embedder', 'k', 'numCandidates'] as const
  const given = readObject(at, nearest, keys, '{ field: "embedding", text: "words" }')
  const field = readField(schema, `${at}.field`, given.field, ['vector'])
  const k = readWhole(`${at}.k`, given.k, 1, 10_000, 10)
  const numCandidates = readWhole(`${at}.numCandidates`, given.numCandidates, k, 10_000, undefined)
  const shared = { type: 'nearest' as const, field, k, numCandidates }
  if ((given.vector === undefined) === (given.text === undefined)) {
    const came = given.text === undefined ? 'neither' : 'both'
    throw new SearchError('invalid_query', `"${at}" must have exactly one of "vector" and "text", got ${came}.`, {
      details: { path: at },
    })
  }
  if (given.vector === undefined) {
    if (typeof given.text !== 'string' || given.text.trim() === '' || !given.text.isWellFormed()) {
      throw invalidQuery(`${at}.text`, 'a well-formed string with words', given.text)
    }
    return { ...shared, text: given.text }
  }
  checkEmbedder(given.embedder, embedder, `${at}.embedder`)
  const vector = readVector(given.vector, field)
  if (typeof vector === 'string') throw invalidQuery(`${at}.vector`, vector, given.vector)
  return { ...shared, vector }
}

function checkEmbedder(given: unknown, own: string | undefined, path: string): void {
  if (given === undefined) return
  if (typeof given !== 'string') throw invalidQuery(path, 'the id of an embedder', given)
  if (given === own) return
  const has = own === undefined ? 'was made without an embedder' : `has vectors of the embedder "${own}"`
  throw new SearchError(
    'fingerprint_mismatch',
    `The index ${has}, and "${path}" says that the vector is one of "${given}". Embed the query as the documents were, or index them anew.`,
    { details: { path, differences: ['embedder'] } },
  )
}

function checkHybrid(schema: CheckedSchema, query: unknown, embedder: string | undefined): UnembeddedHybrid {
  const keys = ['hybrid', 'fusion', 'rankConstant', 'depth'] as const
  const given = readObject('query', query, keys, '{ hybrid: [{ query: { match: "words" } }] }')
  readChoice('query.fusion', given.fusion, ['rrf'], 'rrf')
  const parts = readArray('query.hybrid', given.hybrid, 1, 16).map((part, index) => {
    const path = `query.hybrid[${index}]`
    const read = readObject(path, part, ['query', 'weight'], '{ query: { match: "words" }, weight: 1 }')
    return {
      query: checkSingle(schema, read.query, `${path}.query`, embedder),
      weight: readWeight(`${path}.weight`, read.weight, 1),
    }
  })
  return {
    type: 'hybrid',
    parts,
    rankConstant: readWhole('query.rankConstant', given.rankConstant, 1, 1000, 60),
    depth: readWhole('query.depth', given.depth, 1, 10_000, 100),
  }
}
