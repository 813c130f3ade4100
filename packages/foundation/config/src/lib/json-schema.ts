import { isPlainObject } from './is-plain-object.ts'

/** A JSON Schema (draft 2020-12). `{}` says nothing about its values. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** All schemas that have a say about the values at one place of a document, alternatives included. */
export type Place = readonly JsonSchema[]

const combinations = ['allOf', 'anyOf', 'oneOf']
const branches = ['if', 'then', 'else']
const restrictions = [...combinations, ...branches, '$ref', 'type', 'enum', 'const', 'not', 'properties']

/** The place of the values that `schemas` describe, with references to `document` followed. */
export function placeOf(document: JsonSchema, schemas: readonly unknown[]): Place {
  const place = new Set<JsonSchema>()
  const pending = [...schemas]
  while (pending.length > 0) {
    const schema = pending.pop()
    if (!isPlainObject(schema) || place.has(schema)) continue
    place.add(schema)
    if (typeof schema.$ref === 'string') pending.push(resolvePointer(document, schema.$ref))
    for (const combination of combinations) pending.push(...schemasIn(schema[combination]))
    for (const branch of branches) pending.push(schema[branch])
  }
  return [...place]
}

/** The place one key further. Empty when the schemas say nothing about it. */
export function placeBelow(document: JsonSchema, place: Place, key: string): Place {
  return placeOf(
    document,
    place.flatMap((schema) => schemasBelow(schema, key)),
  )
}

/** The keys that the schemas of a place name. */
export function knownKeys(place: Place): string[] {
  return [...new Set(place.flatMap((schema) => [...Object.keys(membersOf(schema, 'properties')), ...namesOf(schema)]))]
}

/** False when objects at this place are described, and none of the descriptions has room for `key`. */
export function allowsKey(place: Place, key: string): boolean {
  const objects = place.filter(describesObjects)
  if (objects.length === 0 || place.some(isUnrestricted)) return true
  return objects.some((schema) => {
    if (Object.hasOwn(membersOf(schema, 'properties'), key) || matchingPatterns(schema, key).length > 0) return true
    const rest = schema.additionalProperties ?? schema.unevaluatedProperties
    const names = namesOf(schema)
    if (names.length > 0 && rest !== false) return names.includes(key)
    // Schemas of objects are often silent about other keys and then drop them: to a setting, that is a typing error.
    return rest === undefined ? !Object.hasOwn(schema, 'properties') : rest !== false
  })
}

/** The JSON types that the schemas of a place allow; empty when they do not say. */
export function typesAt(place: Place): ReadonlySet<string> {
  const types = place.flatMap((schema) => {
    if (schema.type !== undefined) return schema.type
    const values = Array.isArray(schema.enum) ? schema.enum : Object.hasOwn(schema, 'const') ? [schema.const] : []
    return values.map((value) => (value === null ? 'null' : typeof value))
  })
  return new Set(types.filter((type) => typeof type === 'string'))
}

function schemasIn(keyword: unknown): readonly unknown[] {
  return Array.isArray(keyword) ? keyword : []
}

function schemasBelow(schema: JsonSchema, key: string): readonly unknown[] {
  const properties = membersOf(schema, 'properties')
  const named = [...(Object.hasOwn(properties, key) ? [properties[key]] : []), ...matchingPatterns(schema, key)]
  if (named.length > 0) return named
  const elements = schemasIn(schema.prefixItems)
  return [elements[Number(key)] ?? schema.items, schema.additionalProperties].filter((below) => below !== undefined)
}

function matchingPatterns(schema: JsonSchema, key: string): readonly unknown[] {
  const patterns = Object.entries(membersOf(schema, 'patternProperties'))
  return patterns.flatMap(([pattern, below]) => (new RegExp(pattern, 'u').test(key) ? [below] : []))
}

/** The keys of a record whose keys are an enumeration. */
function namesOf(schema: JsonSchema): readonly string[] {
  const names = membersOf(schema, 'propertyNames').enum
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}

function membersOf(schema: JsonSchema, keyword: string): JsonSchema {
  const members = schema[keyword]
  return isPlainObject(members) ? members : {}
}

function describesObjects(schema: JsonSchema): boolean {
  return ['properties', 'additionalProperties', 'patternProperties', 'propertyNames'].some((keyword) =>
    Object.hasOwn(schema, keyword),
  )
}

function isUnrestricted(schema: JsonSchema): boolean {
  return !restrictions.some((keyword) => Object.hasOwn(schema, keyword)) && !describesObjects(schema)
}

function resolvePointer(document: JsonSchema, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined
  let target: unknown = document
  for (const token of reference.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    target = (target as Record<string, unknown> | undefined)?.[key]
  }
  return target
}
