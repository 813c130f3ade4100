import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import type { Draft } from './draft.ts'

const single = ['additionalProperties', 'contains', 'else', 'if', 'items', 'not', 'propertyNames', 'then']
const list = ['allOf', 'anyOf', 'oneOf']
const map = ['definitions', 'patternProperties', 'properties']
const since2019 = {
  single: ['contentSchema', 'unevaluatedItems', 'unevaluatedProperties'],
  map: ['$defs', 'dependentSchemas'],
}

/** Calls `visit` with each direct subschema that a schema of the draft holds, and the steps of a JSON Pointer to it. */
export function eachSubschemaOf(
  draft: Draft,
  schema: JsonSchemaObject,
  visit: (subschema: JsonSchema, steps: readonly (string | number)[]) => void,
): void {
  const old = draft === 'draft-07'
  const visitIf = (value: unknown, ...steps: (string | number)[]): void => {
    if (isJsonSchema(value)) visit(value, steps)
  }
  for (const keyword of old ? single : [...single, ...since2019.single]) visitIf(schema[keyword], keyword)
  if (draft !== '2020-12') visitIf(schema['additionalItems'], 'additionalItems')
  // An array in `items` is a tuple until 2019-09.
  const lists = draft === '2020-12' ? [...list, 'prefixItems'] : [...list, 'items']
  for (const keyword of lists) {
    const members = schema[keyword]
    if (Array.isArray(members)) members.forEach((member: unknown, index) => visitIf(member, keyword, index))
  }
  for (const keyword of [...map, ...(old ? [] : since2019.map), 'dependencies']) {
    const members = schema[keyword]
    if (!isSchemaObject(members)) continue
    for (const [name, member] of Object.entries(members)) visitIf(member, keyword, name)
  }
}
