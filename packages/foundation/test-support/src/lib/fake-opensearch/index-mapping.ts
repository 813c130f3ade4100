import type { IndexAnalyzer } from './index-analyzers.ts'
import { illegalArgument, OpenSearchFailure } from './opensearch-failure.ts'
import { readArray, readChoice, readFlag, readObject, readText, readWhole } from './read-object.ts'

/** A field that can be searched. */
export type MappedField =
  | { readonly type: 'boolean' | 'byte' | 'double' | 'keyword' | 'long' }
  | { readonly type: 'text'; readonly analyze: IndexAnalyzer; readonly hasPositions: boolean; readonly gap: number }
  | { readonly type: 'knn_vector'; readonly dimension: number; readonly space: 'cosinesimil' | 'innerproduct' }
  /** Kept, not looked at. */
  | { readonly type: 'disabled' }

/** Fields by their whole path, and what `_source` leaves out. */
export interface IndexMapping {
  readonly fields: ReadonlyMap<string, MappedField>
  /** Paths of objects that have fields. */
  readonly objects: ReadonlySet<string>
  readonly excludes: readonly string[]
}

/** The mapping of an index; only `dynamic: strict` ones, for the others guess. */
export function readMapping(
  given: unknown,
  analyzers: ReadonlyMap<string, IndexAnalyzer>,
  hasVectors: boolean,
): IndexMapping {
  const mappings = readObject('mappings', given, ['dynamic', '_meta', '_source', 'properties'])
  readChoice('mappings.dynamic', mappings['dynamic'], ['strict'])
  readObject('mappings._meta', mappings['_meta'] ?? {})
  const source = readObject('mappings._source', mappings['_source'] ?? {}, ['enabled', 'includes', 'excludes'])
  const fields = new Map<string, MappedField>()
  const objects = new Set<string>()
  const pending: [path: string, properties: unknown][] = [['', mappings['properties'] ?? {}]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, properties] = next
    for (const [name, value] of Object.entries(readObject(`properties of [${path}]`, properties))) {
      if (name === '' || name.includes('.') || name.startsWith('_'))
        throw mappingFailure(`field name [${name}] is not allowed`)
      const own = path === '' ? name : `${path}.${name}`
      const { type, properties: inner } = readObject(own, value)
      if (inner !== undefined && (type === undefined || type === 'object')) {
        objects.add(own)
        pending.push([own, inner])
      } else {
        fields.set(own, readField(own, value, analyzers, hasVectors))
      }
    }
  }
  return { fields, objects, excludes: readArray('_source.excludes', source['excludes'] ?? []).map(String) }
}

const fieldKeys: Readonly<Record<string, readonly string[]>> = {
  boolean: [],
  byte: [],
  double: [],
  keyword: [],
  long: [],
  object: ['enabled'],
  text: ['analyzer', 'index_options', 'norms', 'position_increment_gap'],
  knn_vector: ['dimension', 'method'],
}

function readField(
  path: string,
  value: unknown,
  analyzers: ReadonlyMap<string, IndexAnalyzer>,
  hasVectors: boolean,
): MappedField {
  const type = String(readObject(path, value)['type'])
  const keys = Object.hasOwn(fieldKeys, type) ? fieldKeys[type] : undefined
  if (keys === undefined || (type === 'knn_vector' && !hasVectors)) {
    throw mappingFailure(`No handler for type [${type}] declared on field [${path}]`)
  }
  const given = readObject(path, value, ['type', ...keys])
  switch (type) {
    case 'text': {
      const name = readText(`${path}.analyzer`, given['analyzer'])
      const analyze = analyzers.get(name)
      if (analyze === undefined) throw mappingFailure(`analyzer [${name}] has not been configured in mappings`)
      readFlag(`${path}.norms`, given['norms'] ?? true)
      const options = given['index_options'] ?? 'positions'
      readChoice(`${path}.index_options`, options, ['docs', 'freqs', 'positions', 'offsets'])
      const gap = readWhole(`${path}.position_increment_gap`, given['position_increment_gap'] ?? 100, 0, 1e9)
      return { type, analyze, hasPositions: options === 'positions' || options === 'offsets', gap }
    }
    case 'knn_vector':
      return readVectorField(path, given)
    case 'object':
      readChoice(`${path}.enabled`, given['enabled'], [false])
      return { type: 'disabled' }
    default:
      return { type: type as 'boolean' | 'byte' | 'double' | 'keyword' | 'long' }
  }
}

function readVectorField(path: string, given: { readonly [key: string]: unknown }): MappedField {
  const place = `${path}.method`
  const method = readObject(place, given['method'], ['name', 'space_type', 'engine', 'parameters'])
  readChoice(`${place}.name`, method['name'], ['hnsw'])
  readChoice(`${place}.engine`, method['engine'], ['faiss', 'lucene'])
  readChoice(`${place}.space_type`, method['space_type'], ['cosinesimil', 'innerproduct'])
  return {
    type: 'knn_vector',
    dimension: readWhole(`${path}.dimension`, given['dimension'], 1, 16_000),
    space: method['space_type'] as 'cosinesimil' | 'innerproduct',
  }
}

function mappingFailure(reason: string): OpenSearchFailure {
  return new OpenSearchFailure(400, 'mapper_parsing_exception', reason)
}

/** The field of a path; the real server finds nothing in a field that is not there, which hides mistakes. */
export function mappedField({ fields }: IndexMapping, path: string): MappedField {
  const field = fields.get(path)
  if (field === undefined) throw illegalArgument(`there is no field [${path}] in the mapping`)
  return field
}
