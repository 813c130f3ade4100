import { definitionName } from './definition-name.ts'
import { effectInside, turnsAround } from './effect-inside.ts'
import { pointerTo } from './json-pointer.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { mapSubschemas } from './map-subschemas.ts'
import { enforcerOf, type LossNote, type SchemaLoss } from './schema-loss.ts'
import { stepInto } from './subschema-shape.ts'

/** The keyword under which a schema carries its losses while it is built: they move with it. Never in a result. */
export const notesKey = '~notes'

/** The losses that a schema carries. */
export function notesOf(schema: JsonSchemaObject): readonly LossNote[] {
  return (schema[notesKey] as readonly LossNote[] | undefined) ?? []
}

/** Takes the losses out of a document, each with its place. A definition stands where it is first used. */
export function collectNotes(document: JsonSchemaObject): { schema: JsonSchemaObject; losses: SchemaLoss[] } {
  const losses: SchemaLoss[] = []
  const { $defs = {}, ...root } = document
  const definitions = $defs as Record<string, JsonSchema>
  const cleaned: Record<string, JsonSchema> = {}
  const waiting: { name: string; path: readonly (string | number)[]; turned: boolean }[] = []
  const seen = new Set<string>()
  const definition = (name: string): JsonSchema | undefined =>
    Object.hasOwn(definitions, name) ? definitions[name] : undefined

  function clean(schema: JsonSchema, path: readonly (string | number)[], pointer: string, turned: boolean): JsonSchema {
    if (!isSchemaObject(schema)) return schema
    for (const note of notesOf(schema)) {
      const effect = effectInside(note.effect, turned)
      losses.push({ path, pointer, ...note, effect, enforcedBy: enforcerOf(effect) })
    }
    const name = definitionName(schema)
    if (name !== undefined && !seen.has(name)) {
      seen.add(name)
      waiting.push({ name, path, turned })
    }
    const { [notesKey]: _, ...rest } = schema
    return mapSubschemas(rest, (subschema, keyword, key) => {
      const steps = key === undefined ? [keyword] : [keyword, key]
      const around = turned || turnsAround(rest, keyword, definition)
      return clean(subschema, [...path, ...stepInto(keyword, key)], pointerTo(pointer, ...steps), around)
    })
  }

  const schema = clean(root, [], '', false) as JsonSchemaObject
  for (const { name, path, turned } of waiting) {
    if (Object.hasOwn(definitions, name)) {
      cleaned[name] = clean(definitions[name] as JsonSchema, path, pointerTo('', '$defs', name), turned)
    }
  }
  return { schema: Object.keys(cleaned).length === 0 ? schema : { ...schema, $defs: cleaned }, losses }
}
