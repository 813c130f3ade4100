import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { mapSubschemas } from './map-subschemas.ts'

/** Writes the names in references as addresses can hold them: `#/$defs/50%25`. Until then they are as they are in the document. */
export function encodeReferences(schema: JsonSchemaObject): JsonSchemaObject {
  const encode = (part: JsonSchema): JsonSchema => {
    if (!isSchemaObject(part)) return part
    const mapped = mapSubschemas(part, encode)
    const { $ref, definitions } = mapped
    return {
      ...mapped,
      ...(typeof $ref === 'string' ? { $ref: encodeFragment($ref) } : {}),
      // Draft-07 keeps its definitions there.
      ...(isSchemaObject(definitions) ? { definitions: mapSubschemas({ $defs: definitions }, encode)['$defs'] } : {}),
    }
  }
  return encode(schema) as JsonSchemaObject
}

function encodeFragment(reference: string): string {
  if (/^#[\w/$~.-]*$/.test(reference)) return reference
  // Half of a surrogate pair has no address.
  return `#${encodeURI(reference.slice(1).toWellFormed()).replaceAll('#', '%23')}`
}
