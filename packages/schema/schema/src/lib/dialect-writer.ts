import { pointerTo } from './json-pointer.ts'
import { effectInside, turnsAround } from './effect-inside.ts'
import type { Dialect } from './dialect.ts'
import { encodeReferences } from './encode-references.ts'
import type { JsonDocument } from './json-document.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { mapSubschemas } from './map-subschemas.ts'
import { definitionName } from './definition-name.ts'
import { enforcerOf, type SchemaLoss } from './schema-loss.ts'
import { stepInto } from './subschema-shape.ts'
import { UnrepresentableSchemaError } from './unrepresentable-schema-error.ts'

/** Where a schema stands, and the way to say that something is lost there. */
export interface Place {
  readonly path: readonly (string | number)[]
  readonly pointer: string
  readonly document: JsonDocument
  /** Notes a loss at this place. */
  readonly lose: (keyword: string, effect: SchemaLoss['effect'], reason: string) => void
  /** The place of a property of this object. */
  readonly property: (name: string) => Place
  /** Gives up: this place has no form in the dialect. */
  readonly refuse: (problem: string) => never
  /** The definition that a reference names; `undefined` for the root and for no reference. */
  readonly definition: (name: string) => JsonSchema | undefined
}

/** What a dialect does to each schema: first `before`, then its subschemas, then `after`. */
export interface DialectRules {
  readonly dialect: Dialect
  /** The name of the dialect in messages. */
  readonly title: string
  readonly before?: (schema: JsonSchemaObject, place: Place) => JsonSchema
  readonly after?: (schema: JsonSchemaObject, place: Place) => JsonSchema
  /** For the finished document. */
  readonly finish?: (schema: JsonSchemaObject, place: Place) => JsonSchemaObject
}

/** Writes a document in a dialect. Definitions that nothing refers to are left out. */
export function writeDialect(
  document: JsonDocument,
  rules: DialectRules,
): { schema: JsonSchemaObject; losses: SchemaLoss[] } {
  const losses: SchemaLoss[] = [...document.losses]
  const { $defs = {}, ...root } = document.schema
  const definitions = $defs as Record<string, JsonSchema>
  const waiting: { name: string; path: Place['path']; turned: boolean }[] = []
  const seen = new Set<string>()

  function placeAt(path: Place['path'], pointer: string, turned: boolean): Place {
    return {
      path,
      pointer,
      document,
      lose: (keyword, stated, reason) => {
        const effect = effectInside(stated, turned)
        losses.push({ path, pointer, keyword, reason, effect, enforcedBy: enforcerOf(effect) })
      },
      property: (name) => placeAt([...path, name], pointerTo(pointer, 'properties', name), turned),
      refuse: (problem) => {
        throw new UnrepresentableSchemaError(rules.title, path, problem)
      },
      definition: (name) => (Object.hasOwn(definitions, name) ? definitions[name] : undefined),
    }
  }

  function write(schema: JsonSchema, path: Place['path'], pointer: string, turned: boolean): JsonSchema {
    const place = placeAt(path, pointer, turned)
    const prepared = isSchemaObject(schema) ? (rules.before?.(schema, place) ?? schema) : schema
    if (!isSchemaObject(prepared)) return prepared
    const name = definitionName(prepared)
    if (name !== undefined && !seen.has(name)) {
      seen.add(name)
      waiting.push({ name, path, turned })
    }
    const written = mapSubschemas(prepared, (subschema, keyword, key) => {
      const steps = key === undefined ? [keyword] : [keyword, key]
      const around = turned || turnsAround(prepared, keyword, place.definition)
      return write(subschema, [...path, ...stepInto(keyword, key)], pointerTo(pointer, ...steps), around)
    })
    return rules.after?.(written, place) ?? written
  }

  const schema = write(root, [], '', false)
  const written: [string, JsonSchema][] = []
  for (const { name, path, turned } of waiting) {
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
    if (definition !== undefined) written.push([name, write(definition, path, pointerTo('', '$defs', name), turned)])
  }
  const place = placeAt([], '', false)
  if (!isSchemaObject(schema)) {
    return { schema: schema ? {} : { not: {} }, losses }
  }
  const whole = written.length === 0 ? schema : { ...schema, $defs: Object.fromEntries(written) as unknown }
  return { schema: encodeReferences(rules.finish?.(whole, place) ?? whole), losses }
}
