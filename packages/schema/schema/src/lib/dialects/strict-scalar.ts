import type { Place } from '../dialect-writer.ts'
import type { JsonSchemaObject } from '../json-schema.ts'
import { isSimplePattern } from '../simple-pattern.ts'

/** The formats that strict modes check. */
export const strictFormats: readonly string[] = [
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]

/** A schema without the formats and patterns that a strict mode does not take. */
export function strictText(
  schema: JsonSchemaObject,
  formats: ReadonlySet<string>,
  place: Place,
  title: string,
): Record<string, unknown> {
  const kept = { ...schema }
  if (typeof kept['format'] === 'string' && !formats.has(kept['format'])) {
    place.lose('format', 'wider', `${title} does not know the format ${kept['format']}`)
    delete kept['format']
  }
  if (typeof kept['pattern'] === 'string' && !isSimplePattern(kept['pattern'])) {
    place.lose('pattern', 'wider', `${title} takes no look-around, back-references and word boundaries in patterns`)
    delete kept['pattern']
  }
  return kept
}

/** Whether a schema says nothing of the kind of its values. */
export function isUntyped(schema: JsonSchemaObject): boolean {
  return ['type', 'anyOf', '$ref', 'enum', 'const'].every((keyword) => !(keyword in schema))
}

/** A schema of any value as one of the values that a strict mode can be asked for. */
export function anyScalar(schema: JsonSchemaObject, place: Place, title: string): JsonSchemaObject {
  place.lose(
    'type',
    'narrower',
    `${title} wants a type: of any value, only text, numbers, booleans and null are produced`,
  )
  return { ...schema, type: ['string', 'number', 'boolean', 'null'] }
}
