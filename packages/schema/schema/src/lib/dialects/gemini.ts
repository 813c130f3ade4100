import { keepAllowed } from '../allowed-keywords.ts'
import type { DialectRules, Place } from '../dialect-writer.ts'
import { flattenComposition, isNever } from '../flatten-composition.ts'
import { deepEqual } from '../foreign/deep-equal.ts'
import { jsonType } from '../infer-type.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { isolateReference } from '../reference-form.ts'
import { breakRequiredCycles } from './gemini-cycles.ts'

const title = 'Gemini'

const allowed: ReadonlySet<string> = new Set([
  '$ref',
  '$defs',
  'additionalProperties',
  'anyOf',
  'description',
  'enum',
  'format',
  'items',
  'maxItems',
  'maximum',
  'minItems',
  'minimum',
  'prefixItems',
  'properties',
  'propertyOrdering',
  'required',
  'title',
  'type',
])

const formats: ReadonlySet<string> = new Set(['date-time', 'date', 'time', 'int32', 'int64', 'float', 'double'])

/**
 * `responseJsonSchema` and `parametersJsonSchema` of Gemini, by the list of keywords in the reference of `GenerationConfig`.
 * Values in an enum are text or numbers; references stand alone; recursion only through properties that are not required.
 */
export const gemini: DialectRules = {
  dialect: 'gemini',
  title,
  before: (schema, place) => {
    const flat = literals(bounds(flattenComposition(schema, place, title), place), place)
    if (isNever(flat)) return place.refuse(`${title} has no schema that nothing fits. Leave the property out.`)
    const named = ordered(withoutPatterns(flat, place), place)
    return keepAllowed(withFormat(closedTuple(named), place), allowed, place, title)
  },
  after: (schema) => isolateReference(schema, 'anyOf'),
  finish: breakRequiredCycles,
}

function literals(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { const: value, enum: list, ...rest } = schema
  if (!('const' in schema) && !Array.isArray(list)) return schema
  const listed = Array.isArray(list) ? (list as unknown[]) : [value]
  const values = listed.filter(
    (item) => hasType(item, rest['type']) && (!('const' in schema) || deepEqual(item, value)),
  )
  if (values.length === 0) return { not: {} }
  const written = values.filter((item) => typeof item === 'string' || typeof item === 'number')
  const others = values.filter((item) => !written.includes(item as never))
  const types = new Set([...written.map((item) => typeof item), ...others.map((item) => jsonType(item))])
  const [first, ...more] = [...types]
  const typed =
    rest['type'] === undefined && first !== undefined ? { type: more.length === 0 ? first : [...types], ...rest } : rest
  const judged = others.filter((item) => item !== null)
  const bothBooleans = judged.length === 2 && judged.every((item) => typeof item === 'boolean')
  if (judged.length > 0 && (!bothBooleans || written.length > 0)) {
    place.lose(
      'const' in schema ? 'const' : 'enum',
      'wider',
      `${title} takes only text and numbers in an enum, not ${judged.map((item) => JSON.stringify(item)).join(', ')}`,
    )
    return typed
  }
  if (written.length === 0) return typed
  const withEnum = { ...typed, enum: written }
  return others.includes(null) ? nullableType(withEnum) : withEnum
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === undefined) return true
  const types = new Set<unknown>([type].flat())
  return types.has(jsonType(value)) || (types.has('integer') && Number.isInteger(value))
}

function nullableType(schema: JsonSchemaObject): JsonSchemaObject {
  const type = [schema['type'] ?? []].flat() as string[]
  const strict = {
    ...schema,
    type: type.filter((name) => name !== 'null').length === 1 ? type.find((name) => name !== 'null') : type,
  }
  return { anyOf: [strict, { type: 'null' }] }
}

function bounds(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { exclusiveMinimum, exclusiveMaximum, ...rest } = schema
  if (exclusiveMinimum === undefined && exclusiveMaximum === undefined) return schema
  const exact = rest['type'] === 'integer'
  const bounded: Record<string, unknown> = { ...rest }
  if (typeof exclusiveMinimum === 'number') {
    const minimum = exact ? Math.floor(exclusiveMinimum) + 1 : exclusiveMinimum
    bounded['minimum'] = Math.max(minimum, (rest['minimum'] as number | undefined) ?? minimum)
    if (!exact)
      place.lose('exclusiveMinimum', 'wider', `${title} has no exclusive bounds: ${exclusiveMinimum} itself passes`)
  }
  if (typeof exclusiveMaximum === 'number') {
    const maximum = exact ? Math.ceil(exclusiveMaximum) - 1 : exclusiveMaximum
    bounded['maximum'] = Math.min(maximum, (rest['maximum'] as number | undefined) ?? maximum)
    if (!exact)
      place.lose('exclusiveMaximum', 'wider', `${title} has no exclusive bounds: ${exclusiveMaximum} itself passes`)
  }
  return bounded
}

/** `items: false` behind a tuple says the same as `maxItems`. */
function closedTuple(schema: JsonSchemaObject): JsonSchemaObject {
  const { items, ...rest } = schema
  if (items !== false) return schema
  const { prefixItems = [] } = rest
  const length = (prefixItems as unknown[]).length
  const most = (rest['maxItems'] as number | undefined) ?? length
  return { ...rest, maxItems: Math.min(most, length) }
}

/** Without properties by pattern, those are judged as any other. */
function withoutPatterns(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { patternProperties, ...rest } = schema
  if (patternProperties === undefined) return schema
  const { additionalProperties = true } = rest
  const effect = additionalProperties === true ? 'wider' : 'different'
  place.lose('patternProperties', effect, `${title} has no properties by pattern: they are like other properties`)
  return rest
}

/** Properties come in the order in which they are written only where `propertyOrdering` says so. */
function ordered(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { properties, ...rest } = schema
  if (!isSchemaObject(properties)) return schema
  const required = new Set((schema['required'] ?? []) as readonly string[])
  const possible = Object.entries(properties as Record<string, JsonSchema>).filter(
    ([name, property]) => required.has(name) || !isNever(property),
  )
  const names = possible.map(([name]) => name)
  for (const name of Object.keys(properties).filter((key) => !names.includes(key))) {
    if (schema['additionalProperties'] !== false)
      place.property(name).lose('not', 'wider', `${title} cannot forbid a single property`)
  }
  return { ...rest, properties: Object.fromEntries(possible), ...(names.length > 1 ? { propertyOrdering: names } : {}) }
}

function withFormat(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { format, ...rest } = schema
  if (typeof format !== 'string' || formats.has(format)) return schema
  place.lose('format', 'wider', `${title} does not know the format ${format}`)
  return rest
}
