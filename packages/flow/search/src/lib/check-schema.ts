import type { Analyzer } from '@empire/analyzer'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { quoteAll, readNumber, suggest } from './check-options.ts'
import type { CheckedField, CheckedSchema } from './checked-schema.ts'
import { readAnalyzer } from './read-analyzer.ts'

const types = ['text', 'keyword', 'number', 'date', 'boolean', 'vector'] as const
const mostFields = 256

/** The definitions of fields, checked and complete. Throws a `TypeError` that names the faulty part. */
export function checkSchema(definitions: unknown, analyzer: unknown = 'english'): CheckedSchema {
  if (typeof definitions !== 'object' || definitions === null || Array.isArray(definitions)) {
    throw new TypeError(
      `"fields" must be an object of field definitions, such as { text: { type: "text" } }, got ${describeValue(definitions)}.`,
    )
  }
  const read = analyzerReader()
  const shared = read('analyzer', analyzer)
  const entries = Object.entries(definitions)
  if (entries.length === 0) throw new TypeError('"fields" must name at least one field, got an empty object.')
  if (entries.length > mostFields) {
    throw new TypeError(`"fields" must name at most ${mostFields} fields, got ${entries.length}.`)
  }
  const fields = entries.map(([name, definition], position) => checkField(name, definition, position, { read, shared }))
  const byName = new Map(fields.map((field) => [field.name, field]))
  for (const field of fields) if (field.type === 'vector') checkSources(field.name, field.from, byName)
  return Object.freeze({ fields: Object.freeze(fields), byName })
}

function checkField(
  name: string,
  definition: unknown,
  position: number,
  analyzers: { readonly read: typeof readAnalyzer; readonly shared: Analyzer },
): CheckedField {
  const path = `fields.${name}`
  if (name === 'id') throw new TypeError('"fields.id" is taken: "id" identifies a document. Name the field otherwise.')
  if (name === '' || !name.isWellFormed()) {
    throw new TypeError(`"fields" must have names of well-formed text, got ${describeValue(name)}.`)
  }
  if (typeof definition !== 'object' || definition === null) {
    throw new TypeError(`"${path}" must be an object such as { type: "text" }, got ${describeValue(definition)}.`)
  }
  const { type, stored }: { type?: unknown; stored?: unknown } = definition
  if (!isType(type)) {
    const hint = typeof type === 'string' ? suggest(type, types) : ''
    throw new TypeError(`"${path}.type" must be one of ${quoteAll(types)}, got ${describeValue(type)}.${hint}`)
  }
  if (stored !== undefined && typeof stored !== 'boolean') {
    throw new TypeError(`"${path}.stored" must be true or false, got ${describeValue(stored)}.`)
  }
  if (type === 'text') {
    expectKnownKeys(`"${path}"`, definition, ['type', 'weight', 'analyzer', 'stored'])
    const { weight, analyzer }: { weight?: unknown; analyzer?: unknown } = definition
    return Object.freeze({
      name,
      type,
      weight: readNumber(`${path}.weight`, weight, 0.001, 1000, 1),
      analyzer: analyzer === undefined ? analyzers.shared : analyzers.read(`${path}.analyzer`, analyzer),
      stored: stored ?? true,
      position,
    })
  }
  if (type === 'vector') return checkVectorField(name, definition, stored ?? false, position)
  expectKnownKeys(`"${path}"`, definition, ['type', 'stored'])
  return Object.freeze({ name, type, stored: stored ?? true, position })
}

/** Reads analyzers; those of one name are one, the first: a name stands for the rules. */
function analyzerReader(): typeof readAnalyzer {
  const known = new Map<string, Analyzer>()
  return (path, given) => {
    const analyzer = readAnalyzer(path, given)
    const first = known.get(analyzer.name) ?? analyzer
    known.set(analyzer.name, first)
    return first
  }
}

function isType(type: unknown): type is (typeof types)[number] {
  return (types as readonly unknown[]).includes(type)
}

function checkVectorField(name: string, definition: object, stored: boolean, position: number): CheckedField {
  const path = `fields.${name}`
  expectKnownKeys(`"${path}"`, definition, ['type', 'dimensions', 'metric', 'from', 'stored'])
  const { dimensions, metric = 'cosine', from = [] } = definition as Record<string, unknown>
  if (!Number.isInteger(dimensions) || (dimensions as number) < 1 || (dimensions as number) > 16_384) {
    throw new TypeError(
      `"${path}.dimensions" must be a whole number from 1 to 16384, got ${describeValue(dimensions)}.`,
    )
  }
  if (metric !== 'cosine' && metric !== 'dot') {
    throw new TypeError(`"${path}.metric" must be "cosine" or "dot", got ${describeValue(metric)}.`)
  }
  if (!Array.isArray(from) || !from.every((source) => typeof source === 'string')) {
    throw new TypeError(`"${path}.from" must be an array of field names, got ${describeValue(from)}.`)
  }
  const sources = Object.freeze([...(from as string[])])
  return Object.freeze({
    name,
    type: 'vector',
    dimensions: dimensions as number,
    metric,
    from: sources,
    stored,
    position,
  })
}

function checkSources(name: string, from: readonly string[], fields: ReadonlyMap<string, CheckedField>): void {
  for (const source of from) {
    if (fields.get(source)?.type === 'text') continue
    const texts = [...fields.values()].filter(({ type }) => type === 'text').map((field) => field.name)
    throw new TypeError(
      `"fields.${name}.from" must name text fields (${quoteAll(texts)}), got "${source}".${suggest(source, texts)}`,
    )
  }
}
