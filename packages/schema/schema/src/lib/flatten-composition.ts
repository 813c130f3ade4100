import { annotationKeywords } from './annotation-keywords.ts'
import { areDisjoint } from './disjoint-branches.ts'
import type { Place } from './dialect-writer.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { mergeSchemas } from './merge-schemas.ts'
import { definitionName } from './definition-name.ts'

const annotations: ReadonlySet<string> = new Set(annotationKeywords)

/**
 * Rewrites `allOf`, `oneOf` and an `anyOf` with neighbours into plain keywords and an `anyOf` that stands alone, as far as
 * that can be done; the rest is noted as lost.
 */
export function flattenComposition(schema: JsonSchemaObject, place: Place, title: string): JsonSchemaObject {
  return distributeUnion(loosenExclusive(mergeAllOf(schema, place, title), place, title), place, title)
}

function mergeAllOf(schema: JsonSchemaObject, place: Place, title: string): JsonSchemaObject {
  if (!Array.isArray(schema['allOf'])) return schema
  const { allOf, ...others } = schema as { allOf: JsonSchema[] } & JsonSchemaObject
  let merged: JsonSchemaObject = others
  for (const member of allOf) {
    const resolved = resolve(member, place)
    const both = mergeSchemas([
      merged,
      isSchemaObject(resolved) ? flattenComposition(resolved, place, title) : resolved,
    ])
    if (both === undefined)
      place.lose('allOf', 'wider', `${title} has no allOf, and these parts cannot be said in one: ${brief(member)}`)
    else merged = both
  }
  return merged
}

/** A reference beside other keywords, or inside an `allOf`, is replaced by what it names. */
function resolve(schema: JsonSchema, place: Place): JsonSchema {
  const seen = new Set<string>()
  let resolved = schema
  for (;;) {
    if (!isSchemaObject(resolved)) return resolved
    const name = definitionName(resolved)
    const definition = name === undefined || seen.has(name) ? undefined : place.definition(name)
    if (name === undefined || definition === undefined) return resolved
    seen.add(name)
    const { $ref: _, ...siblings } = resolved
    resolved = isSchemaObject(definition) ? (mergeSchemas([siblings, definition]) ?? definition) : definition
  }
}

function loosenExclusive(schema: JsonSchemaObject, place: Place, title: string): JsonSchemaObject {
  const { oneOf, ...rest } = schema
  if (!Array.isArray(oneOf)) return schema
  const branches = oneOf as JsonSchema[]
  if (!areDisjoint(branches, place.definition)) {
    place.lose('oneOf', 'wider', `${title} reads oneOf as anyOf: a value that fits several branches passes`)
  }
  if (!('anyOf' in rest)) return { ...rest, anyOf: branches }
  place.lose('oneOf', 'wider', `${title} cannot say oneOf beside an anyOf`)
  return rest
}

function distributeUnion(schema: JsonSchemaObject, place: Place, title: string): JsonSchemaObject {
  const { anyOf, ...rest } = schema
  if (!Array.isArray(anyOf)) return schema
  const outside = Object.keys(rest).filter((keyword) => !annotations.has(keyword) && !keyword.startsWith('$'))
  const branches = (anyOf as JsonSchema[]).filter((branch) => !isNever(branch))
  if (branches.length === 0) return { ...rest, not: {} }
  if ('$ref' in rest) {
    if (!branches.some((branch) => isAnything(branch)))
      place.lose('anyOf', 'wider', `${title} cannot say anyOf beside a reference`)
    return rest
  }
  if (outside.length === 0) {
    const [only] = branches
    // The only branch may be composed itself.
    if (branches.length === 1 && isSchemaObject(only)) return flattenComposition({ ...only, ...rest }, place, title)
    return { ...rest, anyOf: branches }
  }
  const checks = Object.fromEntries(outside.map((keyword) => [keyword, rest[keyword]]))
  const merged = branches.map((branch) => mergeSchemas([checks, resolve(branch, place)]))
  if (merged.includes(undefined)) {
    place.lose('anyOf', 'wider', `${title} cannot say anyOf beside other keywords`)
    return rest
  }
  const others = Object.entries(rest).filter(([keyword]) => !outside.includes(keyword))
  return { ...Object.fromEntries(others), anyOf: merged }
}

/** True for a schema that no value fits, as zod's `never` and `undefined` are written. */
export function isNever(schema: JsonSchema): boolean {
  if (!isSchemaObject(schema)) return !schema
  const { not, anyOf } = schema
  if (Array.isArray(anyOf) && (anyOf as JsonSchema[]).every((branch) => isNever(branch))) return true
  return not === true || (isSchemaObject(not) && Object.keys(not).length === 0)
}

function isAnything(schema: JsonSchema): boolean {
  return isSchemaObject(schema) ? Object.keys(schema).every((keyword) => annotations.has(keyword)) : schema
}

function brief(schema: JsonSchema): string {
  const text = JSON.stringify(schema)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
