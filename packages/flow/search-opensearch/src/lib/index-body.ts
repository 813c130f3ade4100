import type { IndexManifest } from '@empire/search'
import type { CheckedField, CheckedSchema, CheckedVectorField } from '@empire/search/backend'
import { fieldKey } from './field-path.ts'
import { hole } from './term-lines.ts'

/** How an index is made that is not there yet. */
export interface IndexSettings {
  /** Parts that search side by side. Words are ranked by the frequencies of each shard alone. Default: 1. */
  readonly shards: number
  /** Copies of each shard on other nodes. Default: 1. */
  readonly replicas: number
  /** What keeps the graphs of vectors. Faiss compares by the cosine from OpenSearch 2.19 on. Default: `lucene`. */
  readonly vectorEngine: 'faiss' | 'lucene'
}

/** What a server does unless it is told otherwise. */
export interface ServerTraits {
  /** Whether it leaves vectors out of what it keeps, and makes them again from its graphs. */
  readonly derivesVectors: boolean
}

/** The version of the layout below: an index of another one is not opened. */
export const layoutVersion = 4

/** One more than a page may have: the hit behind it tells whether there are more. */
const resultWindow = 10_001

/** The longest term that the engine takes, in bytes. The tokenizer would cut terms in two after 255 characters. */
const longestTerm = 32_766

/** More than the words and the slop of any phrase: no phrase reaches from one value into the next. */
const valueGap = 1000

type Properties = Record<string, object>

/**
 * The alias through which an index is written by its own name. A bulk that names an index which is not there makes it, with a mapping
 * that is guessed; one that requires an alias is refused.
 */
export function writeAlias(index: string): string {
  return `${index}.writes`
}

/** Settings, mappings and aliases of an index, as `PUT /{index}` takes them. */
export function indexBody(
  index: string,
  { fields }: CheckedSchema,
  manifest: IndexManifest,
  settings: IndexSettings,
  { derivesVectors }: ServerTraits,
): { readonly settings: object; readonly mappings: object; readonly aliases: object } {
  const hasVectors = fields.some(({ type }) => type === 'vector')
  return {
    settings: {
      index: {
        number_of_shards: settings.shards,
        number_of_replicas: settings.replicas,
        max_result_window: resultWindow,
        ...(hasVectors ? { knn: true } : {}),
        // Some versions give 1 for a vector in an object, and for those of Faiss the normalised one.
        ...(hasVectors && derivesVectors ? { 'knn.derived_source.enabled': false } : {}),
        analysis: {
          tokenizer: { empire_lines: { type: 'char_group', tokenize_on_chars: ['\n'], max_token_length: longestTerm } },
          filter: { empire_holes: { type: 'stop', stopwords: [hole] } },
          analyzer: {
            empire_terms: { type: 'custom', tokenizer: 'empire_lines', filter: ['empire_holes'] },
            empire_words: { type: 'custom', tokenizer: 'empire_lines' },
          },
        },
      },
    },
    aliases: { [writeAlias(index)]: {} },
    mappings: {
      dynamic: 'strict',
      _meta: { empire: { layout: layoutVersion, manifest } },
      // What can be made from the rest, or is not to be given back, is indexed and not kept.
      _source: { excludes: ['terms', 'words', 'every', 'absent', 'has', ...hiddenValues(fields)] },
      properties: properties(fields, settings),
    },
  }
}

function hiddenValues(fields: readonly CheckedField[]): string[] {
  return fields.filter(({ type, stored }) => type !== 'text' && !stored).map(({ name }) => `values.${fieldKey(name)}`)
}

function properties(fields: readonly CheckedField[], { vectorEngine }: IndexSettings): Properties {
  const values: Properties = {}
  const absent: Properties = {}
  const terms: Properties = {}
  const words: Properties = {}
  for (const field of fields) {
    const key = fieldKey(field.name)
    if (field.type === 'text') {
      terms[key] = { type: 'text', analyzer: 'empire_terms', position_increment_gap: valueGap }
      words[key] = { type: 'text', analyzer: 'empire_words', index_options: 'docs', norms: false }
    } else if (field.type === 'vector') {
      values[key] = vectorMapping(field, vectorEngine)
    } else {
      values[key] = valueMappings[field.type]
      absent[key] = { type: 'byte' }
    }
  }
  return {
    id: { type: 'keyword' },
    has: { type: 'keyword' },
    texts: { type: 'object', enabled: false },
    values: { properties: values },
    absent: { properties: absent },
    terms: { properties: terms },
    words: { properties: words },
    // The terms of all fields together: how many documents have a term in one of them.
    every: { type: 'text', analyzer: 'empire_terms', index_options: 'docs', norms: false },
  }
}

const valueMappings = {
  keyword: { type: 'keyword' },
  number: { type: 'double' },
  // Milliseconds: the formats of dates have years of four digits, and "terms" of dates are at most 1,024.
  date: { type: 'long' },
  boolean: { type: 'boolean' },
} as const

function vectorMapping({ dimensions, metric }: CheckedVectorField, engine: string): object {
  const space = metric === 'cosine' ? 'cosinesimil' : 'innerproduct'
  return { type: 'knn_vector', dimension: dimensions, method: { name: 'hnsw', space_type: space, engine } }
}
