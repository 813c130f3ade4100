/** A JSON Schema: `true`, `false`, or an object of keywords. */
export type JsonSchema = boolean | JsonSchemaObject

/** A JSON Schema that is an object of keywords. */
export interface JsonSchemaObject {
  readonly [keyword: string]: unknown
}

/** True for an object of keywords; false for the schemas `true` and `false`, and for what is no schema at all. */
export function isSchemaObject(value: unknown): value is JsonSchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for whatever can stand where JSON Schema wants a schema. */
export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isSchemaObject(value)
}
