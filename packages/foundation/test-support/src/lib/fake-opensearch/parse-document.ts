import type { IndexMapping, MappedField } from './index-mapping.ts'
import { OpenSearchFailure } from './opensearch-failure.ts'

/** What the index keeps of a text field of a document. */
export interface IndexedText {
  readonly length: number
  readonly positions: ReadonlyMap<string, readonly number[]>
}

/** A document as the index has it. */
export interface IndexedDocument {
  readonly id: string
  /** Without what the mapping excludes. */
  readonly source: unknown
  /** By path. */
  readonly values: ReadonlyMap<string, readonly (string | number | boolean)[]>
  readonly texts: ReadonlyMap<string, IndexedText>
  readonly vectors: ReadonlyMap<string, readonly number[]>
}

/** Longer terms are refused by Lucene. */
const longestTerm = 32_766

/** Parses a document, and refuses what its mapping does not have. */
export function parseDocument(mapping: IndexMapping, id: string, source: unknown): IndexedDocument {
  const values = new Map<string, (string | number | boolean)[]>()
  const texts = new Map<string, IndexedText>()
  const vectors = new Map<string, readonly number[]>()
  const pending: [path: string, value: unknown][] = [['', source]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, value] = next
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw failure(`object mapping for [${path}] tried to parse field as object, but found a concrete value`)
    }
    for (const [name, own] of Object.entries(value)) {
      const place = path === '' ? name : `${path}.${name}`
      const field = mapping.fields.get(place)
      if (field === undefined) {
        if (!mapping.objects.has(place)) {
          const reason = `mapping set to strict, dynamic introduction of [${name}] within [${path || '_doc'}] is not allowed`
          throw new OpenSearchFailure(400, 'strict_dynamic_mapping_exception', reason)
        }
        pending.push([place, own])
      } else if (field.type === 'text') texts.set(place, parseText(place, field, own))
      else if (field.type === 'knn_vector') vectors.set(place, parseVector(place, field, own))
      else if (field.type !== 'disabled') {
        values.set(
          place,
          (Array.isArray(own) ? own : [own]).map((part) => parseValue(place, field.type, part)),
        )
      }
    }
  }
  return { id, source: withoutPaths(source, mapping.excludes), values, texts, vectors }
}

function parseText(path: string, field: Extract<MappedField, { type: 'text' }>, value: unknown): IndexedText {
  const positions = new Map<string, number[]>()
  let length = 0
  let base = 0
  for (const text of Array.isArray(value) ? value : [value]) {
    if (typeof text !== 'string') throw failure(`failed to parse field [${path}] of type [text]`)
    const terms = field.analyze(text)
    for (const { term, position } of terms) {
      checkTerm(path, term)
      const own = positions.get(term)
      if (own === undefined) positions.set(term, [base + position])
      else own.push(base + position)
    }
    length += terms.length
    base += (terms.at(-1)?.position ?? -1) + 1 + field.gap
  }
  return { length, positions }
}

function parseVector(path: string, field: Extract<MappedField, { type: 'knn_vector' }>, value: unknown): number[] {
  const isVector = Array.isArray(value) && value.every((part) => typeof part === 'number')
  if (!isVector || value.length !== field.dimension) {
    throw failure(`Vector dimension mismatch. Expected: ${field.dimension}, in field [${path}]`)
  }
  if (field.space === 'cosinesimil' && value.every((part) => part === 0)) {
    throw failure(`zero vector is not supported when space type is [cosinesimil]`)
  }
  return value.map(Math.fround)
}

function parseValue(path: string, type: string, value: unknown): string | number | boolean {
  if (type === 'keyword' && typeof value === 'string') {
    checkTerm(path, value)
    return value
  }
  if (type === 'boolean' && typeof value === 'boolean') return value
  if (type === 'double' && typeof value === 'number') return value
  if (type === 'byte' && Number.isInteger(value) && Math.abs(value as number) < 128) return value as number
  if (type === 'long' && Number.isSafeInteger(value)) return value as number
  throw failure(`failed to parse field [${path}] of type [${type}]: ${JSON.stringify(value)}`)
}

function checkTerm(path: string, term: string): void {
  if (Buffer.byteLength(term) <= longestTerm) return
  throw new OpenSearchFailure(
    400,
    'illegal_argument_exception',
    `Document contains at least one immense term in field="${path}" (whose UTF8 encoding is longer than the max length ${longestTerm})`,
  )
}

function failure(reason: string): OpenSearchFailure {
  return new OpenSearchFailure(400, 'mapper_parsing_exception', reason)
}

/** A copy of a source without some paths of one or two names. */
function withoutPaths(source: unknown, paths: readonly string[]): unknown {
  const copy = { ...(source as Record<string, unknown>) }
  for (const path of paths) {
    const [part = '', name] = path.split(/\.(.*)/s)
    if (name === undefined) delete copy[part]
    else if (typeof copy[part] === 'object') {
      const inner = { ...(copy[part] as Record<string, unknown>) }
      delete inner[name]
      copy[part] = inner
    }
  }
  return copy
}
