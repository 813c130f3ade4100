import type { Place } from './dialect-writer.ts'
import type { JsonSchemaObject } from './json-schema.ts'

const typeOfKeyword: ReadonlyMap<string, string> = new Map([
  ...['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties', 'maxProperties'].map(
    (keyword): [string, string] => [keyword, 'object'],
  ),
  ...['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'].map((keyword): [string, string] => [
    keyword,
    'array',
  ]),
  ...['minLength', 'maxLength', 'pattern', 'format'].map((keyword): [string, string] => [keyword, 'string']),
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map((keyword): [string, string] => [
    keyword,
    'number',
  ]),
])

/** States the type that the keywords of a schema are about, for dialects in which every schema has one. */
export function inferType(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  if ('type' in schema) return schema
  if ('const' in schema) return { type: jsonType(schema['const']), ...schema }
  if (Array.isArray(schema['enum']))
    return { type: oneOrMany(schema['enum'].map((value) => jsonType(value))), ...schema }
  if (['$ref', 'anyOf'].some((keyword) => keyword in schema)) return schema
  for (const keyword of Object.keys(schema)) {
    const type = typeOfKeyword.get(keyword)
    if (type === undefined) continue
    place.lose(
      'type',
      'narrower',
      `the schema names no type; its keyword ${keyword} is about values of the type ${type}, which alone are taken`,
    )
    return { type, ...schema }
  }
  return schema
}

/** The JSON Schema type of a JSON value; whole numbers are numbers too. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function oneOrMany(types: readonly string[]): string | string[] {
  const [first = 'null', ...others] = new Set(types)
  return others.length === 0 ? first : [first, ...others]
}
