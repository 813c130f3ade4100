import type { Draft } from '../foreign/draft.ts'
import type { JsonSchemaObject } from '../json-schema.ts'

/** One schema of any draft in the words of draft 2020-12. Its subschemas stay as they are. */
export function readKeywords(schema: JsonSchemaObject, draft: Draft): JsonSchemaObject {
  if (draft === '2020-12') return schema
  const old = draft === 'draft-07'
  // Until draft-07 nothing stands beside a reference.
  if (old && typeof schema['$ref'] === 'string') return { $ref: schema['$ref'] }
  const { prefixItems: _, items, additionalItems, $dynamicRef: __, $recursiveRef, ...rest } = schema
  const words: Record<string, unknown> = { ...rest }
  if (Array.isArray(items)) {
    words['prefixItems'] = items
    if (additionalItems !== undefined) words['items'] = additionalItems
  } else if (items !== undefined) words['items'] = items
  if (old) {
    for (const keyword of newKeywords) delete words[keyword]
  } else if ($recursiveRef !== undefined) words['$dynamicRef'] = $recursiveRef
  return words
}

/** Keywords that draft-07 does not know, and therefore ignores. */
const newKeywords = [
  'minContains',
  'maxContains',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedItems',
  'unevaluatedProperties',
]
