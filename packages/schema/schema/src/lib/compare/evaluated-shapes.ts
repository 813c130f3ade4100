import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { anyArray, anyNumber, anyObject, anyString, scalars, type Alternative } from './alternative.ts'
import { anything, type Node } from './node.ts'
import { toRegExp } from '../foreign/to-reg-exp.ts'
import { readKeywords } from './read-keywords.ts'

/**
 * What `unevaluatedProperties` and `unevaluatedItems` say, where that does not depend on the value: about the names and items
 * that no `properties`, `patternProperties` or `prefixItems` of the schema and of all that it always includes is about.
 * `none` if the schema has neither keyword, `undefined` where it does depend on the value.
 */
export function evaluatedShapes(node: Node, words: JsonSchemaObject): readonly Alternative[] | 'none' | undefined {
  const { unevaluatedProperties, unevaluatedItems } = words
  if (unevaluatedProperties === undefined && unevaluatedItems === undefined) return 'none'
  const { unevaluatedProperties: _, unevaluatedItems: __, ...others } = words
  const seen = createSeen()
  if (!look(node, others, seen)) return undefined
  const object = { ...anyObject }
  const array = { ...anyArray }
  if (isJsonSchema(unevaluatedProperties) && !seen.allNames) {
    object.shapes = [
      {
        properties: new Map([...seen.names].map((name) => [name, anything])),
        patterns: [...seen.patterns].map((source) => ({ source, expression: toRegExp(source), node: anything })),
        rest: node.document.node(unevaluatedProperties),
      },
    ]
  }
  if (isJsonSchema(unevaluatedItems) && !seen.allItems) {
    const prefix = Array.from({ length: seen.items }, () => anything)
    array.shapes = [{ prefix, rest: node.document.node(unevaluatedItems) }]
  }
  return [scalars([null, true, false]), anyNumber, anyString, array, object]
}

interface Seen {
  readonly names: Set<string>
  readonly patterns: Set<string>
  allNames: boolean
  items: number
  allItems: boolean
  readonly schemas: Set<JsonSchema>
}

function createSeen(): Seen {
  return { names: new Set(), patterns: new Set(), allNames: false, items: 0, allItems: false, schemas: new Set() }
}

/** Notes what a schema looks at in every value; false if that depends on the value. */
function look(node: Node, words: JsonSchemaObject, seen: Seen): boolean {
  for (const name of Object.keys(wordsUnder(words['properties']))) seen.names.add(name)
  for (const source of Object.keys(wordsUnder(words['patternProperties']))) seen.patterns.add(source)
  if (words['additionalProperties'] !== undefined || words['unevaluatedProperties'] !== undefined) seen.allNames = true
  if (Array.isArray(words['prefixItems'])) seen.items = Math.max(seen.items, words['prefixItems'].length)
  if (words['items'] !== undefined || words['unevaluatedItems'] !== undefined) seen.allItems = true
  for (const keyword of dependingOnValue) if (words[keyword] !== undefined) return false
  const { document, schema } = node
  const always: Node[] = Array.isArray(words['allOf'])
    ? words['allOf'].filter(isJsonSchema).map((member) => document.node(member))
    : []
  if (typeof words['$ref'] === 'string') always.push(document.follow(schema as JsonSchemaObject, words['$ref']))
  return always.every((member) => {
    if (!isSchemaObject(member.schema) || seen.schemas.has(member.schema)) return true
    seen.schemas.add(member.schema)
    return look(member, readKeywords(member.schema, member.document.draftOf(member.schema)), seen)
  })
}

/** Also `contains`, which counts as looking at the items that it finds. */
const dependingOnValue = ['anyOf', 'oneOf', 'if', 'dependentSchemas', 'dependencies', '$dynamicRef', 'contains']

function wordsUnder(value: unknown): JsonSchemaObject {
  return isSchemaObject(value) ? value : {}
}
