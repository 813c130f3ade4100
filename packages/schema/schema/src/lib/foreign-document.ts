import { definitionReference } from './definition-name.ts'
import { checkDocument } from './foreign/check-document.ts'
import { findForeignTargets } from './foreign-targets.ts'
import type { JsonDocument } from './json-document.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { mapSubschemas } from './map-subschemas.ts'
import { collectNotes, notesKey } from './schema-notes.ts'
import { upgradeKeywords } from './upgrade-keywords.ts'

/** A JSON Schema document of draft-04 to 2020-12 in the form that every dialect starts from. */
export function foreignDocument(document: JsonSchema): JsonDocument {
  if (!isSchemaObject(document)) {
    return { schema: document ? {} : { not: {} }, losses: [], otherProperties: 'kept' }
  }
  const { $schema } = document
  const referencesStandAlone = typeof $schema === 'string' && /draft-0[3-7]/.test($schema)
  const targets = findForeignTargets(document)
  const names = new Map<JsonSchema, string>([[document, '']])
  const taken = new Set<string>()
  const waiting: { name: string; schema: JsonSchema }[] = []

  function refer(reference: string, from: JsonSchemaObject, dynamic: boolean): JsonSchemaObject {
    const { schema: target, hint } = targets.find(reference, from)
    let name = names.get(target)
    if (name === undefined) {
      name = freeName(hint, taken)
      names.set(target, name)
      waiting.push({ name, schema: target })
    }
    const note = {
      keyword: '$dynamicRef',
      reason: 'what a dynamic reference means depends on where it is reached from: only its first meaning is kept',
      effect: 'different',
    }
    return {
      $ref: name === '' ? '#' : definitionReference(name),
      ...(dynamic && targets.isDynamic ? { [notesKey]: [note] } : {}),
    }
  }

  function upgrade(schema: JsonSchema): JsonSchema {
    if (!isSchemaObject(schema)) return schema
    const { $ref, $dynamicRef, $recursiveRef, ...rest } = schema
    const reference = $ref ?? $recursiveRef ?? $dynamicRef
    if (typeof reference !== 'string') return mapSubschemas(upgradeKeywords(rest), upgrade)
    const referred = refer(reference, schema, $ref === undefined && $dynamicRef !== undefined)
    if (referencesStandAlone) return referred
    return { ...mapSubschemas(upgradeKeywords(rest), upgrade), ...referred }
  }

  const root = upgrade(document) as JsonSchemaObject
  const definitions: [string, JsonSchema][] = []
  // The list grows while it is gone through: definitions refer to definitions.
  for (const { name, schema } of waiting) definitions.push([name, upgrade(schema)])
  const whole = definitions.length === 0 ? root : { ...root, $defs: Object.fromEntries(definitions) as unknown }
  const collected = collectNotes(whole)
  checkDocument(collected.schema, '2020-12', { patterns: true })
  return { ...collected, otherProperties: 'kept' }
}

function freeName(hint: string, taken: Set<string>): string {
  let name = hint
  for (let count = 2; taken.has(name); count += 1) name = `${hint}${count}`
  taken.add(name)
  return name
}
