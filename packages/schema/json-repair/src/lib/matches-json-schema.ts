import type { JsonSchemaDocument } from './schema-judge.ts'

type Keywords = Readonly<Record<string, unknown>>

/** How deep schemas may lie in one another before the rest counts as satisfied. */
const maximumDepth = 64

/**
 * Whether a value has the structure that a JSON Schema document asks for: enough to tell readings of a text apart. The
 * keywords that are not structural (`pattern`, `minimum`, `format`, …) are passed over.
 */
export function matchesJsonSchema(value: unknown, schema: JsonSchemaDocument): boolean {
  return matches(value, schema, schema, 0)
}

function matches(value: unknown, schema: unknown, root: JsonSchemaDocument, depth: number): boolean {
  if (schema === false) return false
  if (typeof schema !== 'object' || schema === null || depth > maximumDepth) return true
  const keywords = schema as Keywords
  const { $ref: reference, anyOf, oneOf, allOf } = keywords
  const all = (inner: unknown, part: unknown): boolean => matches(part, inner, root, depth + 1)
  if (typeof reference === 'string' && !all(resolve(reference, root), value)) return false
  if (!matchesType(value, keywords['type']) || !matchesChoice(value, keywords)) return false
  if (Array.isArray(allOf) && !allOf.every((inner) => all(inner, value))) return false
  if (Array.isArray(anyOf) && !anyOf.some((inner) => all(inner, value))) return false
  if (Array.isArray(oneOf) && oneOf.filter((inner) => all(inner, value)).length !== 1) return false
  if (Array.isArray(value)) return matchesItems(value, keywords, all)
  if (typeof value === 'object' && value !== null) return matchesProperties(value as Keywords, keywords, all)
  return true
}

type Inner = (schema: unknown, value: unknown) => boolean

function matchesItems(items: readonly unknown[], keywords: Keywords, inner: Inner): boolean {
  const prefix: readonly unknown[] = Array.isArray(keywords['prefixItems']) ? keywords['prefixItems'] : []
  return items.every((item, index) => inner(index < prefix.length ? prefix[index] : keywords['items'], item))
}

function matchesProperties(value: Keywords, keywords: Keywords, inner: Inner): boolean {
  const { required, properties, additionalProperties } = keywords
  if (Array.isArray(required) && !required.every((name) => typeof name !== 'string' || Object.hasOwn(value, name))) {
    return false
  }
  const known = (typeof properties === 'object' && properties !== null ? properties : {}) as Keywords
  return Object.entries(value).every(([name, part]) =>
    Object.hasOwn(known, name)
      ? inner(known[name], part)
      : 'patternProperties' in keywords || inner(additionalProperties, part),
  )
}

function matchesType(value: unknown, type: unknown): boolean {
  if (typeof type === 'string') return hasType(value, type)
  return !Array.isArray(type) || type.some((name) => hasType(value, String(name)))
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function matchesChoice(value: unknown, keywords: Keywords): boolean {
  if (Array.isArray(keywords['enum']) && !keywords['enum'].some((option) => isSame(option, value))) return false
  return !('const' in keywords) || isSame(keywords['const'], value)
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

/** The schema that a reference within the document names; `true` for one elsewhere. */
function resolve(reference: string, root: JsonSchemaDocument): unknown {
  if (!reference.startsWith('#')) return true
  let schema: unknown = root
  for (const part of reference.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, name)) return true
    schema = (schema as Keywords)[name]
  }
  return schema
}
