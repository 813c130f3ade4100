import type { Place } from './dialect-writer.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'

/** The properties of an object that is about to be closed: also those that are only required, which may then be anything. */
export function listedProperties(schema: JsonSchemaObject, place: Place, title: string): [string, JsonSchema][] {
  const { properties = {}, required = [], additionalProperties } = schema
  const listed = Object.entries(properties as Record<string, JsonSchema>)
  const names = new Set(listed.map(([name]) => name))
  for (const name of required as readonly string[]) {
    if (names.has(name)) continue
    if (additionalProperties === false)
      place.refuse(`it requires the property "${name}", which it forbids: ${title} has no schema that nothing fits.`)
    if ('patternProperties' in schema)
      place.property(name).lose('patternProperties', 'wider', `${title} has no properties by pattern`)
    names.add(name)
    listed.push([name, isSchemaObject(additionalProperties) ? additionalProperties : {}])
  }
  return listed
}
