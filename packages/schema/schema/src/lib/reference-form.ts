import type { JsonSchemaObject } from './json-schema.ts'

/** Moves what stands beside a reference out of its way, for dialects in which a reference stands alone. */
export function isolateReference(schema: JsonSchemaObject, keyword: 'anyOf' | 'allOf'): JsonSchemaObject {
  if (!('$ref' in schema) || Object.keys(schema).length === 1) return schema
  const { $ref, ...rest } = schema
  const others = (rest[keyword] as readonly unknown[] | undefined) ?? []
  // An `anyOf` of its own beside the reference: both have to hold, which only an `allOf` can say.
  if (keyword === 'anyOf' && others.length > 0)
    return { ...rest, allOf: [{ $ref }, ...((rest['allOf'] ?? []) as unknown[])] }
  return { ...rest, [keyword]: [{ $ref }, ...others] }
}
