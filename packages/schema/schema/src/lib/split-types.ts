import type { JsonSchemaObject } from './json-schema.ts'

/** One schema for several structured types as a union of one schema for each, for dialects that keep types apart. */
export function splitTypes(schema: JsonSchemaObject): JsonSchemaObject {
  const { type, title, description, ...checks } = schema
  if (!Array.isArray(type)) return schema
  const types = type as readonly string[]
  const structured = types.filter((name) => name === 'object' || name === 'array')
  if (structured.length === 0 || types.length === 1) return schema
  const branches = types.map((name) => ({ type: name, ...checksOf(name, checks) }))
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    anyOf: branches,
  }
}

const objectKeywords =
  /^(?:properties|required|additionalProperties|patternProperties|propertyNames|dependent\w+|(?:min|max)Properties|unevaluatedProperties)$/
const arrayKeywords = /^(?:items|prefixItems|uniqueItems|contains|(?:min|max)(?:Items|Contains)|unevaluatedItems)$/
const stringKeywords = /^(?:(?:min|max)Length|pattern|format|content\w+)$/
const numberKeywords = /^(?:minimum|maximum|exclusive\w+|multipleOf)$/

function checksOf(type: string, checks: JsonSchemaObject): JsonSchemaObject {
  const own: Record<string, RegExp> = {
    object: objectKeywords,
    array: arrayKeywords,
    string: stringKeywords,
    number: numberKeywords,
    integer: numberKeywords,
  }
  const foreign = [objectKeywords, arrayKeywords, stringKeywords, numberKeywords].filter(
    (keywords) => keywords !== own[type],
  )
  return Object.fromEntries(
    Object.entries(checks).filter(([keyword]) => !foreign.some((keywords) => keywords.test(keyword))),
  )
}
