import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { mapSubschemas } from './map-subschemas.ts'
import { mergeSchemas } from './merge-schemas.ts'
import { definitionName } from './definition-name.ts'

/**
 * Lets the closed sides of a zod intersection know each other's properties: zod refuses a property only if every side
 * refuses it, where in JSON Schema two closed members of an `allOf` refuse everything.
 */
export function poolIntersections(document: JsonSchemaObject): JsonSchemaObject {
  const definitions = (document['$defs'] ?? {}) as Readonly<Record<string, JsonSchema>>

  function pool(schema: JsonSchema): JsonSchema {
    if (!isSchemaObject(schema)) return schema
    const mapped = mapSubschemas(schema, pool)
    if (!Array.isArray(schema['allOf'])) return mapped
    const members = (mapped['allOf'] as JsonSchema[]).map((member) => resolveClosed(member, definitions))
    const closed = members.filter((member) => isClosed(member))
    if (closed.length === 0) return mapped
    const open = members.map((member) => (isClosed(member) ? opened(member as JsonSchemaObject) : member))
    const { allOf: _, ...rest } = mapped
    const allClosed = closed.length === members.length
    const merged = mergeSchemas([rest, ...open])
    if (merged === undefined) return { ...rest, allOf: open, ...(allClosed ? { unevaluatedProperties: false } : {}) }
    return allClosed ? { ...merged, additionalProperties: false } : merged
  }

  return pool(document) as JsonSchemaObject
}

function resolveClosed(member: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  if (!isSchemaObject(member)) return member
  const name = definitionName(member)
  if (name === undefined || !Object.hasOwn(definitions, name)) return member
  const definition = definitions[name] as JsonSchema
  if (!isSchemaObject(definition) || !isClosed(definition)) return member
  const { $ref: _, ...siblings } = member
  return { ...definition, ...siblings }
}

function isClosed(member: JsonSchema): boolean {
  return (
    isSchemaObject(member) && (member['additionalProperties'] === false || member['unevaluatedProperties'] === false)
  )
}

function opened(member: JsonSchemaObject): JsonSchemaObject {
  const { additionalProperties: _, unevaluatedProperties: __, ...rest } = member
  return rest
}
