import { keepAllowed } from '../allowed-keywords.ts'
import type { DialectRules, Place } from '../dialect-writer.ts'
import { flattenComposition, isNever } from '../flatten-composition.ts'
import { inferType } from '../infer-type.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { listedProperties } from '../listed-properties.ts'
import { admitsNull, nullable } from '../nullable-form.ts'
import { isolateReference } from '../reference-form.ts'
import { splitTypes } from '../split-types.ts'
import { loosenTuple } from '../tuple-form.ts'
import { noteClosing } from './closed-object.ts'
import { checkOpenaiLimits } from './openai-limits.ts'
import { anyScalar, isUntyped, strictFormats, strictText } from './strict-scalar.ts'

const title = 'OpenAI strict'

const allowed: ReadonlySet<string> = new Set([
  '$ref',
  '$defs',
  'additionalProperties',
  'anyOf',
  'const',
  'description',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maximum',
  'minItems',
  'minimum',
  'multipleOf',
  'pattern',
  'properties',
  'required',
  'title',
  'type',
])

const formats: ReadonlySet<string> = new Set(strictFormats)

/**
 * Structured outputs and strict tools of OpenAI ("Supported schemas" of its structured outputs guide): the root is an
 * object, every object is closed, every property required; optional ones may be null instead.
 */
export const openaiStrict: DialectRules = {
  dialect: 'openai-strict',
  title,
  before: prepare,
  after: (schema, place) => (place.pointer === '' ? schema : isolateReference(schema, 'anyOf')),
  finish: (schema, place) => {
    checkOpenaiLimits(schema, place)
    return schema
  },
}

function prepare(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const flat = inferType(flattenComposition(schema, place, title), place)
  if (place.pointer === '') checkRoot(flat, place)
  if (isNever(flat)) return place.refuse(`${title} has no schema that nothing fits. Leave the property out.`)
  const single = splitTypes(flat)
  const { type } = single
  if (type === 'object') return keepAllowed(closedObject(single, place), allowed, place, title)
  if (type === 'array' || (Array.isArray(type) && type.includes('array')))
    return keepAllowed(arrayOf(single, place), allowed, place, title)
  const scalar = isUntyped(single) ? anyScalar(single, place, title) : strictText(single, formats, place, title)
  return keepAllowed(scalar, allowed, place, title)
}

function checkRoot(schema: JsonSchemaObject, place: Place): void {
  if (schema['type'] === 'object') return
  const came = 'anyOf' in schema ? 'a union' : `the type ${JSON.stringify(schema['type'] ?? 'any')}`
  place.refuse(`${title} wants an object, got ${came}. Put it into a property of an object.`)
}

function closedObject(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { required = [], properties: _, ...rest } = schema
  const names = new Set(required as readonly string[])
  noteClosing(schema, place, title)
  const written: [string, JsonSchema][] = []
  for (const [name, property] of listedProperties(schema, place, title)) {
    // A closed object already forbids what is not listed.
    if (isNever(property) && !names.has(name)) continue
    const optional = !names.has(name)
    if (optional) {
      const both = admitsNull(property)
        ? ': null and absence are not told apart'
        : ': null stands for absence, and has to be left out before validation'
      place.property(name).lose('required', 'different', `${title} requires every property${both}`)
    }
    written.push([name, optional && isSchemaObject(property) ? nullable(property) : property])
  }
  return {
    ...rest,
    properties: Object.fromEntries(written),
    required: written.map(([name]) => name),
    additionalProperties: false,
  }
}

function arrayOf(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const loose = loosenTuple(schema, place, title)
  return { ...loose, items: loose['items'] ?? {} }
}
