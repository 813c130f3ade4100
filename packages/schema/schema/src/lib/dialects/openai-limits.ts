import type { Place } from '../dialect-writer.ts'
import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { eachSubschema } from '../map-subschemas.ts'

const most = {
  properties: 5000,
  levels: 10,
  characters: 120_000,
  values: 1000,
  longEnum: 250,
  longEnumCharacters: 15_000,
}

/** Refuses a schema beyond the sizes that OpenAI states, with the size that is exceeded. */
export function checkOpenaiLimits(schema: JsonSchemaObject, place: Place): void {
  let properties = 0
  let characters = 0
  let values = 0
  let levels = 0

  const count = (part: JsonSchema, level: number): void => {
    if (!isSchemaObject(part)) return
    const inside = part['type'] === 'object' ? level + 1 : level
    levels = Math.max(levels, inside)
    for (const name of Object.keys((part['properties'] ?? {}) as object)) {
      properties += 1
      characters += name.length
    }
    for (const name of Object.keys((part['$defs'] ?? {}) as object)) characters += name.length
    if (Array.isArray(part['enum'])) {
      values += part['enum'].length
      const length = textLength(part['enum'])
      characters += length
      if (part['enum'].length > most.longEnum && length > most.longEnumCharacters) {
        place.refuse(
          `an enum of ${part['enum'].length} values has ${length} characters; OpenAI takes ${most.longEnumCharacters}. Shorten the values.`,
        )
      }
    }
    if ('const' in part) characters += textLength([part['const']])
    eachSubschema(part, (subschema, keyword) => count(subschema, keyword === '$defs' ? 0 : inside))
  }

  count(schema, 0)
  refuseAbove('properties', properties, most.properties, place)
  refuseAbove('levels of nested objects', levels, most.levels, place)
  refuseAbove('characters in names and values', characters, most.characters, place)
  refuseAbove('enum values', values, most.values, place)
}

function refuseAbove(what: string, counted: number, limit: number, place: Place): void {
  if (counted > limit) place.refuse(`it has ${counted} ${what}; OpenAI takes ${limit}. Split the schema.`)
}

function textLength(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0)
}
