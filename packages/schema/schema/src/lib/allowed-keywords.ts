import { annotationKeywords } from './annotation-keywords.ts'
import type { Place } from './dialect-writer.ts'
import { isSchemaObject, type JsonSchemaObject } from './json-schema.ts'

/** Keywords that judge no value. */
const annotations: ReadonlySet<string> = new Set([
  ...annotationKeywords,
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
])

const constraints: ReadonlySet<string> = new Set([
  'additionalProperties',
  'allOf',
  'anyOf',
  'const',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'if',
  'items',
  'maxContains',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minContains',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'not',
  'oneOf',
  'pattern',
  'patternProperties',
  'prefixItems',
  'properties',
  'propertyNames',
  'required',
  'then',
  'type',
  'unevaluatedItems',
  'unevaluatedProperties',
  'uniqueItems',
])

/** Keeps the keywords that a dialect knows, and notes a loss for each other one. */
export function keepAllowed(
  schema: JsonSchemaObject,
  allowed: ReadonlySet<string>,
  place: Place,
  title: string,
): JsonSchemaObject {
  const kept: [string, unknown][] = []
  for (const [keyword, value] of Object.entries(schema)) {
    if (allowed.has(keyword)) kept.push([keyword, value])
    else if (keyword !== '$schema' && !saysNothing(keyword, value))
      place.lose(keyword, effectOf(keyword), `${title} does not take the keyword ${keyword}`)
  }
  return Object.fromEntries(kept)
}

/** Names of properties are text anyway. */
function saysNothing(keyword: string, value: unknown): boolean {
  if (keyword !== 'propertyNames') return false
  if (!isSchemaObject(value)) return value === true
  return Object.keys(value).every((key) => key === 'type' && value[key] === 'string')
}

function effectOf(keyword: string): 'annotation' | 'wider' {
  return annotations.has(keyword) || !constraints.has(keyword) ? 'annotation' : 'wider'
}
