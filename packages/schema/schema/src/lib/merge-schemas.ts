import { annotationKeywords } from './annotation-keywords.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { notesKey, notesOf } from './schema-notes.ts'

const larger = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'])
const smaller = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'])
const annotations = new Set(annotationKeywords)
/** Keywords whose meaning depends on their neighbours: they stay with those. */
const bound = ['patternProperties', 'unevaluatedProperties', 'unevaluatedItems', 'prefixItems', 'contains', 'if']

/** One schema that says what all of them say together; `undefined` where no keyword says both at once. */
export function mergeSchemas(schemas: readonly JsonSchema[]): JsonSchemaObject | undefined {
  let merged: JsonSchemaObject = {}
  for (const schema of schemas) {
    if (schema === true) continue
    if (schema === false) return undefined
    const both = mergeTwo(merged, schema)
    if (both === undefined) return undefined
    merged = both
  }
  return merged
}

function mergeTwo(left: JsonSchemaObject, right: JsonSchemaObject): JsonSchemaObject | undefined {
  if (Object.keys(left).length === 0) return right
  if (Object.keys(right).length === 0) return left
  if (bound.some((keyword) => keyword in left || keyword in right)) return undefined
  const merged = new Map(Object.entries(left))
  for (const [keyword, value] of Object.entries(right)) {
    if (keyword === 'properties' || keyword === 'additionalProperties') continue
    if (!merged.has(keyword)) {
      merged.set(keyword, value)
      continue
    }
    const both = mergeKeyword(keyword, merged.get(keyword), value)
    if (both === undefined) return undefined
    merged.set(keyword, both)
  }
  const objects = mergeObjects(left, right)
  if (objects === undefined) return undefined
  const required = (merged.get('required') as string[] | undefined) ?? []
  // A property that one side requires and the other forbids: no object fits both.
  if (
    objects['additionalProperties'] === false &&
    required.some((name) => !Object.hasOwn(objects['properties'] as object, name))
  ) {
    return undefined
  }
  return { ...Object.fromEntries(merged), ...objects }
}

function mergeKeyword(keyword: string, left: unknown, right: unknown): unknown {
  if (keyword === notesKey) return [...notesOf({ [notesKey]: left }), ...notesOf({ [notesKey]: right })]
  if (same(left, right) || annotations.has(keyword)) return left
  if (larger.has(keyword)) return Math.max(left as number, right as number)
  if (smaller.has(keyword)) return Math.min(left as number, right as number)
  if (keyword === 'required') return [...new Set([...(left as string[]), ...(right as string[])])]
  if (keyword === 'allOf') return [...(left as unknown[]), ...(right as unknown[])]
  if (keyword === 'items') return mergeSchemas([left as JsonSchema, right as JsonSchema])
  if (keyword === 'type') return mergeTypes([left].flat() as string[], [right].flat() as string[])
  if (keyword === 'enum') {
    const values = (left as unknown[]).filter((value) => (right as unknown[]).some((other) => same(value, other)))
    return values.length === 0 ? undefined : values
  }
  return undefined
}

function mergeTypes(left: readonly string[], right: readonly string[]): string | string[] | undefined {
  const both = [...left.filter((type) => admits(right, type)), ...right.filter((type) => admits(left, type))]
  const types = [...new Set(both)]
  return types.length <= 1 ? types[0] : types
}

function mergeObjects(left: JsonSchemaObject, right: JsonSchemaObject): Record<string, unknown> | undefined {
  const merged: Record<string, unknown> = {}
  const leftProperties = propertiesOf(left)
  const rightProperties = propertiesOf(right)
  const properties = new Map<string, JsonSchema>()
  for (const name of new Set([...Object.keys(leftProperties), ...Object.keys(rightProperties)])) {
    const parts = [propertyOf(left, leftProperties, name), propertyOf(right, rightProperties, name)]
    if (parts.includes(false)) continue
    const [first = true, second = true] = parts
    const both = same(first, second) ? first : (mergeSchemas(parts) ?? { allOf: parts })
    properties.set(name, both)
  }
  if ('properties' in left || 'properties' in right) merged['properties'] = Object.fromEntries(properties)
  const others = [left['additionalProperties'], right['additionalProperties']].filter((other) => other !== undefined)
  if (others.length === 0) return merged
  if (others.includes(false))
    return { ...merged, properties: Object.fromEntries(properties), additionalProperties: false }
  const both = mergeSchemas(others as JsonSchema[])
  return both === undefined ? undefined : { ...merged, additionalProperties: both }
}

function propertiesOf(schema: JsonSchemaObject): Readonly<Record<string, JsonSchema>> {
  return (schema['properties'] ?? {}) as Record<string, JsonSchema>
}

function propertyOf(
  schema: JsonSchemaObject,
  properties: Readonly<Record<string, JsonSchema>>,
  name: string,
): JsonSchema {
  if (Object.hasOwn(properties, name)) return properties[name] as JsonSchema
  const others = schema['additionalProperties']
  return typeof others === 'boolean' || isSchemaObject(others) ? others : true
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function admits(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'))
}
