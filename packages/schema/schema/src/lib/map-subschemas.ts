import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { subschemaShape } from './subschema-shape.ts'

/** A copy of one schema with each of its direct subschemas replaced by what `replace` makes of it. */
export function mapSubschemas(
  schema: JsonSchemaObject,
  replace: (subschema: JsonSchema, keyword: string, key: string | number | undefined) => JsonSchema,
): JsonSchemaObject {
  const copy: [string, unknown][] = []
  for (const [keyword, value] of Object.entries(schema)) {
    copy.push([keyword, replacedIn(keyword, value, replace)])
  }
  // `Object.fromEntries` keeps a property named `__proto__` a property.
  return Object.fromEntries(copy)
}

function replacedIn(keyword: string, value: unknown, replace: Parameters<typeof mapSubschemas>[1]): unknown {
  const shape = subschemaShape(keyword)
  if (shape === 'schema' && isJsonSchema(value)) return replace(value, keyword, undefined)
  if (shape === 'list' && Array.isArray(value)) {
    return value.map((item: unknown, index) => (isJsonSchema(item) ? replace(item, keyword, index) : item))
  }
  if (shape === 'map' && isSchemaObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, isJsonSchema(item) ? replace(item, keyword, key) : item]),
    )
  }
  return value
}

/** Calls `visit` with each direct subschema of one schema. */
export function eachSubschema(
  schema: JsonSchema,
  visit: (subschema: JsonSchema, keyword: string, key: string | number | undefined) => void,
): void {
  if (typeof schema === 'boolean') return
  mapSubschemas(schema, (subschema, keyword, key) => {
    visit(subschema, keyword, key)
    return subschema
  })
}
