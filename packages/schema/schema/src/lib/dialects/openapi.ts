import type { DialectRules } from '../dialect-writer.ts'
import { fingerprint } from '../fingerprint.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { eachSubschema } from '../map-subschemas.ts'

/**
 * OpenAPI 3.1, whose schemas are draft 2020-12; the dialect is declared by the document around them.
 *
 * `$defs` stay inside. References start at the document around a schema unless the schema has an `$id` ("Relative References
 * in URIs" of the specification), so one that refers to itself or to its definitions gets one, made of its content.
 */
export const openapi: DialectRules = {
  dialect: 'openapi-3.1',
  title: 'OpenAPI 3.1',
  finish: (schema) =>
    refers(schema) ? { $id: `urn:empire:schema:${fingerprint(JSON.stringify(schema))}`, ...schema } : schema,
}

function refers(schema: JsonSchemaObject): boolean {
  const visit = (part: JsonSchema): boolean => {
    if (!isSchemaObject(part)) return false
    if ('$ref' in part) return true
    let found = false
    eachSubschema(part, (subschema) => {
      found ||= visit(subschema)
    })
    return found
  }
  return visit(schema)
}
