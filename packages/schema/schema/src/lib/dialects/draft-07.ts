import type { DialectRules, Place } from '../dialect-writer.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { pointerTo } from '../json-pointer.ts'
import { mergeSchemas } from '../merge-schemas.ts'
import { isolateReference } from '../reference-form.ts'
import { definitionName } from '../definition-name.ts'

const title = 'draft-07'

/** Draft-07: `definitions`, tuples in `items`, `dependencies`, references that stand alone, nothing unevaluated. */
export const draft07: DialectRules = {
  dialect: 'draft-07',
  title,
  before: (schema, place) => isolateReference(withoutNew(schema, place), 'allOf'),
  after: (schema) => dependencies(tuples(references(schema))),
  finish: ({ $defs, ...schema }) => ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...schema,
    ...($defs === undefined ? {} : { definitions: $defs }),
  }),
}

function withoutNew(schema: JsonSchemaObject, place: Place): JsonSchemaObject {
  const { unevaluatedProperties, unevaluatedItems, minContains, maxContains, contentSchema, ...others } = schema
  let rest: JsonSchemaObject = others
  if (unevaluatedProperties !== undefined) {
    const merged = unevaluatedProperties === false ? closed(rest) : undefined
    if (merged === undefined) {
      place.lose(
        'unevaluatedProperties',
        'wider',
        `${title} does not know which properties other schemas have looked at`,
      )
    } else rest = merged
  }
  if (unevaluatedItems !== undefined)
    place.lose('unevaluatedItems', 'wider', `${title} does not know which items other schemas have looked at`)
  if (contentSchema !== undefined) place.lose('contentSchema', 'annotation', `${title} has no contentSchema`)
  if (maxContains !== undefined)
    place.lose('maxContains', 'wider', `${title} cannot count the items that contains finds`)
  if (minContains === 0) {
    // At least none: `contains` asks for nothing any more.
    const { contains: _, ...without } = rest
    return without
  }
  if (minContains !== undefined && minContains !== 1) {
    place.lose('minContains', 'wider', `${title} cannot count the items that contains finds`)
  }
  return rest
}

/** Members of an `allOf` in one object: there the closing keyword sees every property. */
function closed(schema: JsonSchemaObject): JsonSchemaObject | undefined {
  const { allOf, ...rest } = schema
  if (['anyOf', 'oneOf', 'if', '$ref', 'dependentSchemas'].some((keyword) => keyword in rest)) return undefined
  const merged = mergeSchemas([rest, ...((allOf ?? []) as JsonSchema[])])
  if (merged === undefined || ['anyOf', 'oneOf', '$ref', 'allOf'].some((keyword) => keyword in merged)) return undefined
  return 'additionalProperties' in merged ? merged : { ...merged, additionalProperties: false }
}

function references(schema: JsonSchemaObject): JsonSchemaObject {
  const name = definitionName(schema)
  return name === undefined ? schema : { ...schema, $ref: `#${pointerTo('', 'definitions', name)}` }
}

function tuples(schema: JsonSchemaObject): JsonSchemaObject {
  const { prefixItems, items, ...rest } = schema
  if (prefixItems === undefined) return schema
  return { ...rest, items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) }
}

function dependencies(schema: JsonSchemaObject): JsonSchemaObject {
  const { dependentRequired, dependentSchemas, ...rest } = schema
  if (dependentRequired === undefined && dependentSchemas === undefined) return schema
  const merged = new Map<string, unknown>(Object.entries((dependentSchemas ?? {}) as object))
  for (const [name, required] of Object.entries((dependentRequired ?? {}) as Record<string, unknown>)) {
    const other = merged.get(name)
    if (other === undefined) merged.set(name, required)
    else
      merged.set(name, {
        allOf: [{ required }, ...(isSchemaObject(other) || typeof other === 'boolean' ? [other] : [])],
      })
  }
  return { ...rest, dependencies: Object.fromEntries(merged) }
}
