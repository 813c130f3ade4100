import type { JsonDocument } from './json-document.ts'
import { isSchemaObject, type JsonSchema } from './json-schema.ts'
import { definitionName } from './definition-name.ts'

/** Puts the definition that the root refers to in the root's place, for dialects whose root has to be an object. */
export function dereferenceRoot(document: JsonDocument): JsonDocument {
  let { schema } = document
  const { $defs } = schema
  const definitions = ($defs ?? {}) as Readonly<Record<string, JsonSchema>>
  const seen = new Set<string>()
  for (;;) {
    const name = definitionName(schema)
    if (name === undefined || seen.has(name) || !Object.hasOwn(definitions, name)) break
    const definition = definitions[name]
    if (!isSchemaObject(definition)) break
    seen.add(name)
    const { $ref: _, $defs: __, ...siblings } = schema
    schema = { ...definition, ...siblings, $defs: definitions }
  }
  return { ...document, schema }
}
