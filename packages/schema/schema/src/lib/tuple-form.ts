import type { Place } from './dialect-writer.ts'
import type { JsonSchema, JsonSchemaObject } from './json-schema.ts'

/** A tuple as an array whose elements may each be any of the tuple's: for dialects without `prefixItems`. */
export function loosenTuple(schema: JsonSchemaObject, place: Place, title: string): JsonSchemaObject {
  const { prefixItems, items, ...rest } = schema
  if (!Array.isArray(prefixItems)) return schema
  const length = prefixItems.length
  const options = new Map<string, JsonSchema>()
  for (const option of [
    ...(prefixItems as JsonSchema[]),
    ...(items === undefined || items === false ? [] : [items as JsonSchema]),
  ]) {
    options.set(JSON.stringify(option), option)
  }
  place.lose('prefixItems', 'wider', `${title} has no tuples: each element may be any of the ${length} kinds`)
  const kinds = [...options.values()]
  return {
    ...rest,
    items: kinds.length === 1 ? kinds[0] : { anyOf: kinds },
    ...(items === false && !('maxItems' in rest) ? { maxItems: length } : {}),
  }
}
