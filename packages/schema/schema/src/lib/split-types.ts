import type { JsonSchemaObject } from './json-schema.ts'

/**
 * One schema for several structured types as a union of one schema for each, for dialects that keep types apart, and without
 * keywords that are about other types: those say nothing.
 */
export function splitTypes(schema: JsonSchemaObject): JsonSchemaObject {
  const { type } = schema
  if (type === undefined) return schema
  const types = (Array.isArray(type) ? type : [type]) as readonly string[]
  const checked = keywordsAbout(types, schema)
  if (types.length === 1 || !types.some((name) => name === 'object' || name === 'array')) return checked
  const { type: _, title, description, ...checks } = checked
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    anyOf: types.map((name) => ({ type: name, ...keywordsAbout([name], checks) })),
  }
}

const aboutNumbers = /^(?:minimum|maximum|exclusive\w+|multipleOf)$/
/** The keywords that are about one type only. */
const keywordsOf: Readonly<Record<string, RegExp>> = {
  object:
    /^(?:properties|required|additionalProperties|patternProperties|propertyNames|dependent\w+|(?:min|max)Properties|unevaluatedProperties)$/,
  array: /^(?:items|prefixItems|uniqueItems|contains|(?:min|max)(?:Items|Contains)|unevaluatedItems)$/,
  string: /^(?:(?:min|max)Length|pattern|format|content\w+)$/,
  number: aboutNumbers,
  integer: aboutNumbers,
}

function keywordsAbout(types: readonly string[], schema: JsonSchemaObject): JsonSchemaObject {
  const own = new Set(types.map((type) => keywordsOf[type]))
  const others = Object.values(keywordsOf).filter((keywords) => !own.has(keywords))
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !others.some((keywords) => keywords.test(keyword))),
  )
}
