import * as z from 'zod'
import type { Direction } from './dialect.ts'
import { inlineDefinitions } from './inline-definitions.ts'
import type { JsonDocument } from './json-document.ts'
import type { JsonSchema, JsonSchemaObject } from './json-schema.ts'
import { isSchemaObject } from './json-schema.ts'
import { mapSubschemas } from './map-subschemas.ts'
import { poolIntersections } from './pool-intersections.ts'
import { definitionReference } from './definition-name.ts'
import { collectNotes } from './schema-notes.ts'
import { zodLosses } from './zod-losses.ts'
import { type NotesFor, zodToJsonSchema } from './zod-to-json-schema.ts'

/** The draft 2020-12 form of a zod schema, with everything that it does not say. */
export function zodToDocument(schema: z.core.$ZodType, direction: Direction): JsonDocument {
  return { ...collectNotes(zodToNotedForm(schema, direction, zodLosses)), otherProperties: 'dropped' }
}

/** The draft 2020-12 form of a zod schema; each part carries what `notesFor` says of the schema that it comes from. */
export function zodToNotedForm(schema: z.core.$ZodType, direction: Direction, notesFor: NotesFor): JsonSchemaObject {
  const collections: {
    readonly type: Collection
    readonly name: string
    readonly path: readonly (string | number)[]
  }[] = []
  const names = new Map<z.core.$ZodType, string>()
  const definitions = new Map<string, JsonSchema>()

  /** Maps and sets are converted by themselves, once each, as definitions: they may hold one another. */
  function referTo(type: Collection, path: readonly (string | number)[]): JsonSchemaObject {
    let name = names.get(type)
    if (name === undefined) {
      name = `__${type._zod.def.type}${names.size}`
      names.set(type, name)
      collections.push({ type, name, path })
    }
    return { $ref: definitionReference(name) }
  }

  function convert(type: z.core.$ZodType, name: string, path: readonly (string | number)[]): JsonSchemaObject {
    const { $defs = {}, $schema: _, ...root } = zodToJsonSchema(type, direction, path, referTo, notesFor)
    for (const [key, definition] of Object.entries($defs as Record<string, JsonSchema>)) {
      const own = ownName(key, name)
      if (!definitions.has(own)) definitions.set(own, adopted(definition, name))
    }
    return adopted(root, name) as JsonSchemaObject
  }

  const root = convert(schema, '', [])
  // The list grows while it is gone through: maps hold maps.
  for (const { type, name, path } of collections) {
    const form = convert(collectionForm(type), name, path)
    definitions.set(name, type._zod.def.type === 'set' ? { ...form, uniqueItems: true } : form)
  }
  const whole = definitions.size === 0 ? root : { ...root, $defs: Object.fromEntries(definitions) as unknown }
  return poolIntersections(inlineDefinitions(whole))
}

type Collection = z.core.$ZodMap | z.core.$ZodSet

/** The array that a map or a set becomes in JSON. */
function collectionForm(type: Collection): z.core.$ZodType {
  const { def } = type._zod
  const array = z.array(def.type === 'set' ? def.valueType : z.tuple([def.keyType, def.valueType]))
  const { minimum, maximum } = sizeBounds(type)
  const atLeast = minimum === undefined ? array : array.min(minimum)
  return maximum === undefined ? atLeast : atLeast.max(maximum)
}

function sizeBounds(type: Collection): { minimum?: number; maximum?: number } {
  const bounds: { minimum?: number; maximum?: number } = {}
  for (const check of type._zod.def.checks ?? []) {
    const { def } = (check as z.core.$ZodChecks)._zod
    if (def.check === 'min_size') bounds.minimum = Math.max(def.minimum, bounds.minimum ?? 0)
    else if (def.check === 'max_size') bounds.maximum = Math.min(def.maximum, bounds.maximum ?? Infinity)
    else if (def.check === 'size_equals') Object.assign(bounds, { minimum: def.size, maximum: def.size })
  }
  return bounds
}

/** Several conversions number their unnamed definitions alike: those of a collection carry its name. */
function ownName(key: string, collection: string): string {
  return key.startsWith('__schema') ? `${collection}${key}` : key
}

function adopted(schema: JsonSchema, collection: string): JsonSchema {
  if (!isSchemaObject(schema) || collection === '') return schema
  const mapped = mapSubschemas(schema, (subschema) => adopted(subschema, collection))
  const { $ref } = mapped
  if ($ref === '#') return { ...mapped, $ref: definitionReference(collection) }
  if (typeof $ref !== 'string' || !$ref.startsWith('#/$defs/__schema')) return mapped
  return { ...mapped, $ref: definitionReference(ownName($ref.slice('#/$defs/'.length), collection)) }
}
