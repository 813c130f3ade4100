import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { eachSubschema, mapSubschemas } from './map-subschemas.ts'
import { definitionName, definitionReference } from './definition-name.ts'
import { notesKey, notesOf } from './schema-notes.ts'

/** How zod, and we, name a definition that its author did not name. */
const unnamed = /^__/

/**
 * Puts definitions without a name of their own where they are used, if that is one place, or if they are no bigger than a
 * reference to them; the others are named after the property that first uses them.
 */
export function inlineDefinitions(document: JsonSchemaObject): JsonSchemaObject {
  const { $defs = {}, ...root } = document
  const definitions = new Map(Object.entries($defs as Record<string, JsonSchema>))
  const uses = new Map<string, number>()
  const firstUse = new Map<string, string>()
  const references = new Map<string, Set<string>>()
  references.set('', referencesOf(root, uses, firstUse))
  for (const [name, definition] of definitions) references.set(name, referencesOf(definition, uses, firstUse))

  const inlined = new Set<string>()
  for (const [name, definition] of definitions) {
    if (!unnamed.test(name) || reaches(name, name, references)) continue
    if (uses.get(name) === 1 || isLeaf(definition)) inlined.add(name)
  }
  const taken = new Set([...definitions.keys()].filter((name) => !unnamed.test(name)))
  const names = new Map<string, string>()
  for (const name of definitions.keys()) {
    if (!unnamed.test(name) || inlined.has(name)) continue
    const wanted = firstUse.get(name) ?? 'shared'
    let free = wanted
    for (let count = 2; taken.has(free); count += 1) free = `${wanted}${count}`
    taken.add(free)
    names.set(name, free)
  }

  function rewrite(schema: JsonSchema): JsonSchema {
    if (!isSchemaObject(schema)) return schema
    const name = definitionName(schema)
    if (name === undefined) return mapSubschemas(schema, rewrite)
    const definition = definitions.get(name)
    if (!inlined.has(name) || !isSchemaObject(definition)) {
      return mapSubschemas({ ...schema, $ref: definitionReference(names.get(name) ?? name) }, rewrite)
    }
    const { $ref: _, ...siblings } = schema
    const notes = [...notesOf(definition), ...notesOf(siblings)]
    return rewrite({ ...definition, ...siblings, ...(notes.length === 0 ? {} : { [notesKey]: notes }) })
  }

  const kept = [...definitions].filter(([name]) => !inlined.has(name))
  const rewritten = rewrite(root) as JsonSchemaObject
  if (kept.length === 0) return rewritten
  const newDefinitions = kept.map(([name, definition]) => [names.get(name) ?? name, rewrite(definition)])
  return { ...rewritten, $defs: Object.fromEntries(newDefinitions) as unknown }
}

function referencesOf(schema: JsonSchema, uses: Map<string, number>, firstUse: Map<string, string>): Set<string> {
  const found = new Set<string>()
  const visit = (part: JsonSchema, name: string | undefined): void => {
    if (!isSchemaObject(part)) return
    const used = part['$ref'] === '#' ? '' : definitionName(part)
    if (used !== undefined) {
      found.add(used)
      uses.set(used, (uses.get(used) ?? 0) + 1)
      if (name !== undefined && !firstUse.has(used)) firstUse.set(used, name)
    }
    eachSubschema(part, (subschema, keyword, key) => visit(subschema, keyword === 'properties' ? String(key) : name))
  }
  visit(schema, undefined)
  return found
}

function reaches(from: string, target: string, references: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>()
  const waiting = [...(references.get(from) ?? [])]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === target) return true
    if (seen.has(name)) continue
    seen.add(name)
    waiting.push(...(references.get(name) ?? []))
  }
  return false
}

function isLeaf(schema: JsonSchema): boolean {
  if (!isSchemaObject(schema)) return true
  let leaf = !('$ref' in schema)
  eachSubschema(schema, () => {
    leaf = false
  })
  return leaf
}
