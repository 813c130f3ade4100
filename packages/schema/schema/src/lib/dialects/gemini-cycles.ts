import type { Place } from '../dialect-writer.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { eachSubschema, mapSubschemas } from '../map-subschemas.ts'
import { definitionName } from '../definition-name.ts'

/** Makes the properties optional through which a definition requires itself: Gemini follows no other cycles. */
export function breakRequiredCycles(document: JsonSchemaObject, place: Place): JsonSchemaObject {
  const definitions = (document['$defs'] ?? {}) as Readonly<Record<string, JsonSchema>>
  const reachable = new Map<string, ReadonlySet<string>>()
  for (const name of ['', ...Object.keys(definitions)]) reachable.set(name, reachableFrom(name, document, definitions))

  function loosen(schema: JsonSchema, owner: string): JsonSchema {
    if (!isSchemaObject(schema)) return schema
    const mapped = mapSubschemas(schema, (part, keyword, key) =>
      loosen(part, keyword === '$defs' ? String(key) : owner),
    )
    const { required, properties } = mapped
    if (!Array.isArray(required) || !isSchemaObject(properties)) return mapped
    const kept = (required as string[]).filter((name) => {
      const property = Object.hasOwn(properties, name) ? (properties[name] as JsonSchema) : true
      const cyclic = [...referencesOf(property)].some(
        (used) => used === owner || (reachable.get(used)?.has(owner) ?? false),
      )
      if (cyclic) {
        place.lose(
          'required',
          'wider',
          `Gemini follows recursion only through properties that are not required, so ${name} of ${owner === '' ? 'the root' : owner} is optional`,
        )
      }
      return !cyclic
    })
    if (kept.length === required.length) return mapped
    const { required: _, ...rest } = mapped
    return kept.length === 0 ? rest : { ...rest, required: kept }
  }

  return loosen(document, '') as JsonSchemaObject
}

function reachableFrom(
  name: string,
  document: JsonSchemaObject,
  definitions: Readonly<Record<string, JsonSchema>>,
): ReadonlySet<string> {
  const { $defs: _, ...root } = document
  const seen = new Set<string>()
  const waiting = [...referencesOf(name === '' ? root : (definitions[name] ?? true))]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    waiting.push(...referencesOf(next === '' ? root : (definitions[next] ?? true)))
  }
  return seen
}

function referencesOf(schema: JsonSchema): Set<string> {
  const found = new Set<string>()
  const visit = (part: JsonSchema): void => {
    if (!isSchemaObject(part)) return
    const name = part['$ref'] === '#' ? '' : definitionName(part)
    if (name !== undefined) found.add(name)
    eachSubschema(part, visit)
  }
  visit(schema)
  return found
}
