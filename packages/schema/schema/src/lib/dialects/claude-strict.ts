import { keepAllowed } from '../allowed-keywords.ts'
import type { DialectRules, Place } from '../dialect-writer.ts'
import { flattenComposition, isNever } from '../flatten-composition.ts'
import { inferType } from '../infer-type.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { listedProperties } from '../listed-properties.ts'
import { eachSubschema } from '../map-subschemas.ts'
import { isolateReference } from '../reference-form.ts'
import { definitionName } from '../definition-name.ts'
import { splitTypes } from '../split-types.ts'
import { loosenTuple } from '../tuple-form.ts'
import { claudeRoot } from './claude.ts'
import { noteClosing } from './closed-object.ts'
import { anyScalar, isUntyped, strictFormats, strictText } from './strict-scalar.ts'

const title = 'Claude strict'
const most = { optional: 24, unions: 16 }

const allowed: ReadonlySet<string> = new Set([
  '$ref',
  '$defs',
  'additionalProperties',
  'anyOf',
  'const',
  'default',
  'description',
  'enum',
  'format',
  'items',
  'minItems',
  'pattern',
  'properties',
  'required',
  'title',
  'type',
])

const formats: ReadonlySet<string> = new Set([...strictFormats, 'uri'])

/**
 * Tools of Claude with `strict: true` ("JSON Schema limitations" of its structured outputs guide): closed objects, no
 * recursion, no bounds on numbers, lengths and sizes.
 */
export const claudeStrict: DialectRules = {
  dialect: 'claude-strict',
  title,
  before: prepare,
  after: (schema) => isolateReference(schema, 'anyOf'),
  finish: (schema, place) => {
    refuseRecursion(schema, place)
    checkLimits(schema, place)
    return schema
  },
}

function prepare(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const root = place.pointer === '' ? claudeRoot(schema, place, title) : schema
  const flat = splitTypes(inferType(flattenComposition(root, place, title), place))
  if (isNever(flat)) return place.refuse(`${title} has no schema that nothing fits. Leave the property out.`)
  if (isUntyped(flat)) return keepAllowed(anyScalar(flat, place, title), allowed, place, title)
  const { type } = flat
  if (type === 'object') return keepAllowed(closedObject(flat, place), allowed, place, title)
  if (type === 'array') return keepAllowed(arrayOf(flat, place), allowed, place, title)
  return keepAllowed(scalar(flat, place), allowed, place, title)
}

function closedObject(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { properties: _, ...rest } = schema
  noteClosing(schema, place, title)
  const required = new Set((schema['required'] ?? []) as readonly string[])
  const possible = listedProperties(schema, place, title).filter(
    ([name, property]) => required.has(name) || !isNever(property),
  )
  return { ...rest, properties: Object.fromEntries(possible), additionalProperties: false }
}

function arrayOf(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { minItems, ...rest } = loosenTuple(schema, place, title)
  if (typeof minItems !== 'number') return { ...rest, items: rest['items'] ?? {} }
  if (minItems > 1)
    place.lose('minItems', 'wider', `${title} knows only 0 and 1 as the least number of items, not ${minItems}`)
  return { ...rest, items: rest['items'] ?? {}, minItems: Math.min(minItems, 1) }
}

function scalar(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const kept = strictText(schema, formats, place, title)
  for (const keyword of ['enum', 'const'] as const) {
    const values = keyword === 'enum' ? kept['enum'] : 'const' in kept ? [kept['const']] : undefined
    if (!Array.isArray(values) || values.every((value) => typeof value !== 'object' || value === null)) continue
    place.lose(keyword, 'wider', `${title} takes no objects and arrays in ${keyword}`)
    delete kept[keyword]
    if (!('type' in kept))
      kept['type'] = [
        ...new Set(values.map((value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value))),
      ]
  }
  return kept
}

function refuseRecursion(schema: JsonSchemaObject, place: Place): void {
  const definitions = (schema['$defs'] ?? {}) as Readonly<Record<string, JsonSchema>>
  const done = new Set<string>()
  const open = new Set<string>()
  const visit = (part: JsonSchema): void => {
    if (!isSchemaObject(part)) return
    if (part['$ref'] === '#') place.refuse(`${title} takes no recursion. Bound the depth with schemas of their own.`)
    const name = definitionName(part)
    if (name !== undefined && !done.has(name)) {
      if (open.has(name))
        place.refuse(
          `${title} takes no recursion, and ${name} holds itself. Bound the depth with schemas of their own.`,
        )
      open.add(name)
      visit(definitions[name] ?? true)
      open.delete(name)
      done.add(name)
    }
    eachSubschema(part, (subschema, keyword) => {
      if (keyword !== '$defs') visit(subschema)
    })
  }
  visit(schema)
}

function checkLimits(schema: JsonSchemaObject, place: Place): void {
  let optional = 0
  let unions = 0
  const count = (part: JsonSchema): void => {
    if (!isSchemaObject(part)) return
    const required = new Set((part['required'] ?? []) as readonly string[])
    optional += Object.keys((part['properties'] ?? {}) as object).filter((name) => !required.has(name)).length
    if ('anyOf' in part || Array.isArray(part['type'])) unions += 1
    eachSubschema(part, count)
  }
  count(schema)
  if (optional > most.optional)
    place.refuse(
      `it has ${optional} optional properties; ${title} takes ${most.optional} in one request. Require some, or split the tool.`,
    )
  if (unions > most.unions)
    place.refuse(`it has ${unions} unions; ${title} takes ${most.unions} in one request. Split the tool.`)
}
