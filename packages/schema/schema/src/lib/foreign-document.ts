import { checkDocument } from './foreign/check-document.ts'
import type { JsonDocument } from './json-document.ts'
import { pointerSteps, valueAt } from './json-pointer.ts'
import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { eachSubschema, mapSubschemas } from './map-subschemas.ts'
import { definitionReference } from './definition-name.ts'
import { collectNotes, notesKey } from './schema-notes.ts'
import { UnrepresentableSchemaError } from './unrepresentable-schema-error.ts'
import { upgradeKeywords } from './upgrade-keywords.ts'

/** A JSON Schema document of draft-04 to 2020-12 in the form that every dialect starts from. */
export function foreignDocument(document: JsonSchema): JsonDocument {
  if (!isSchemaObject(document)) {
    return { schema: document ? {} : { not: {} }, losses: [], otherProperties: 'kept' }
  }
  const { $schema } = document
  const referencesStandAlone = typeof $schema === 'string' && /draft-0[3-7]/.test($schema)
  const targets = indexTargets(document)
  const names = new Map<JsonSchema, string>([[document, '']])
  const taken = new Set<string>()
  const waiting: { name: string; schema: JsonSchema }[] = []

  function refer(reference: string, dynamic: boolean): JsonSchemaObject {
    const { schema: target, hint } = findTarget(reference, document as JsonSchemaObject, targets)
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
      ...(dynamic && targets.dynamic.size > 1 ? { [notesKey]: [note] } : {}),
    }
  }

  function upgrade(schema: JsonSchema): JsonSchema {
    if (!isSchemaObject(schema)) return schema
    const { $ref, $dynamicRef, $recursiveRef, ...rest } = schema
    const reference = $ref ?? $recursiveRef ?? $dynamicRef
    if (typeof reference !== 'string') return mapSubschemas(upgradeKeywords(rest), upgrade)
    const referred = refer(reference, $ref === undefined && $dynamicRef !== undefined)
    if (referencesStandAlone) return referred
    return { ...mapSubschemas(upgradeKeywords(rest), upgrade), ...referred }
  }

  const root = upgrade(document) as JsonSchemaObject
  const definitions: [string, JsonSchema][] = []
  // The list grows while it is gone through: definitions refer to definitions.
  for (const { name, schema } of waiting) definitions.push([name, upgrade(schema)])
  const whole = definitions.length === 0 ? root : { ...root, $defs: Object.fromEntries(definitions) as unknown }
  const collected = collectNotes(whole)
  checkDocument(collected.schema, '2020-12')
  return { ...collected, otherProperties: 'kept' }
}

interface Targets {
  readonly byName: ReadonlyMap<string, JsonSchema>
  readonly dynamic: ReadonlySet<JsonSchema>
}

/** Schemas that a document names by `$id`, `id` or an anchor. */
function indexTargets(document: JsonSchemaObject): Targets {
  const byName = new Map<string, JsonSchema>()
  const dynamic = new Set<JsonSchema>()
  const visit = (schema: JsonSchema): void => {
    if (!isSchemaObject(schema)) return
    const { $id, id, $anchor, $dynamicAnchor } = schema
    for (const name of [$id, id]) if (typeof name === 'string') byName.set(name.replace(/#$/, ''), schema)
    for (const name of [$anchor, $dynamicAnchor]) if (typeof name === 'string') byName.set(`#${name}`, schema)
    if (typeof $dynamicAnchor === 'string') dynamic.add(schema)
    eachSubschema(upgradeKeywords(schema), visit)
    for (const definition of Object.values((schema['definitions'] ?? {}) as object)) visit(definition as JsonSchema)
  }
  visit(document)
  return { byName, dynamic }
}

function findTarget(
  reference: string,
  document: JsonSchemaObject,
  targets: Targets,
): { schema: JsonSchema; hint: string } {
  const hash = reference.indexOf('#')
  const resource = hash === -1 ? reference : reference.slice(0, hash)
  const fragment = hash === -1 ? '' : reference.slice(hash + 1)
  const base = resource === '' ? document : resourceNamed(resource, targets)
  const pointer = decode(fragment)
  const found =
    base === undefined
      ? undefined
      : pointer === ''
        ? base
        : pointer.startsWith('/')
          ? valueAt(base, pointer)
          : targets.byName.get(`#${pointer}`)
  if (!isJsonSchema(found)) {
    throw new UnrepresentableSchemaError(
      'JSON Schema',
      [],
      `the reference ${reference} names no schema in the document. Put what it names into $defs.`,
    )
  }
  return {
    schema: found,
    hint: pointerSteps(pointer.startsWith('/') ? pointer : `/${pointer || resource}`).at(-1) ?? 'shared',
  }
}

/** Named in full, or as the end of a name that starts with the base of the document. */
function resourceNamed(resource: string, { byName }: Targets): JsonSchema | undefined {
  const direct = byName.get(resource)
  if (direct !== undefined) return direct
  const ends = [...byName].filter(([name]) => name.endsWith(`/${resource}`))
  return ends.length === 1 ? ends[0]?.[1] : undefined
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

function freeName(hint: string, taken: Set<string>): string {
  let name = hint
  for (let count = 2; taken.has(name); count += 1) name = `${hint}${count}`
  taken.add(name)
  return name
}
