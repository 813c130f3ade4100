import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'

/** True where the schema, by its own keywords, admits null. */
export function admitsNull(schema: JsonSchema): boolean {
  if (!isSchemaObject(schema)) return schema
  const { type, anyOf, enum: values } = schema
  if ('const' in schema) return schema['const'] === null
  if (Array.isArray(values)) return values.includes(null)
  if (type !== undefined) return [type].flat().includes('null')
  return Array.isArray(anyOf) && anyOf.some((option: JsonSchema) => admitsNull(option))
}

/** The schema, or null. */
export function nullable(schema: JsonSchemaObject): JsonSchemaObject {
  if (admitsNull(schema)) return schema
  const { type, anyOf, enum: values, ...rest } = schema
  if (Array.isArray(anyOf) && type === undefined)
    return { ...schema, anyOf: [...(anyOf as unknown[]), { type: 'null' }] }
  if (typeof type === 'string' && !('const' in rest) && !('$ref' in rest) && !('allOf' in rest)) {
    return {
      ...schema,
      type: type === 'null' ? type : [type, 'null'],
      ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
    }
  }
  const { title, description, ...checks } = schema
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    anyOf: [checks, { type: 'null' }],
  }
}
