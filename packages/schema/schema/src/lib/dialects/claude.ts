import type { DialectRules, Place } from '../dialect-writer.ts'
import { flattenComposition } from '../flatten-composition.ts'
import type { JsonSchemaObject } from '../json-schema.ts'

const title = 'Claude tool input'
const propertyName = /^[a-zA-Z0-9_.-]{1,64}$/

/** A tool's `input_schema`: any draft 2020-12, but the root is an object without a union, with plain property names. */
export const claude: DialectRules = {
  dialect: 'claude',
  title,
  before: (schema, place) => (place.pointer === '' ? claudeRoot(schema, place, title) : schema),
}

/** The root that the Messages API takes for a tool. */
export function claudeRoot(schema: JsonSchemaObject, place: Place, name: string): JsonSchemaObject {
  const needsFlattening = ['allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in schema)
  const flat = needsFlattening ? flattenComposition(schema, place, name) : schema
  if ('anyOf' in flat || flat['type'] !== 'object') {
    const came = 'anyOf' in flat ? 'a union' : `the type ${JSON.stringify(flat['type'] ?? 'any')}`
    place.refuse(`${name} wants an object, got ${came}. Put it into a property of an object.`)
  }
  for (const key of Object.keys((flat['properties'] ?? {}) as object)) {
    if (!propertyName.test(key)) {
      place.refuse(
        `the property ${JSON.stringify(key)} is not named as ${name} wants it: 1 to 64 letters, digits, "_", "." and "-".`,
      )
    }
  }
  return flat
}
