import type { Place } from '../dialect-writer.ts'
import type { JsonSchemaObject } from '../json-schema.ts'

/** Notes what is lost when an object may have no properties but those that it lists. */
export function noteClosing(schema: JsonSchemaObject, place: Place, title: string): void {
  const { additionalProperties, patternProperties } = schema
  const open = `${title} has no objects with properties of any name: use an array of key and value`
  if (patternProperties !== undefined) place.lose('patternProperties', 'narrower', open)
  if (additionalProperties === false) return
  if (additionalProperties !== undefined) place.lose('additionalProperties', 'narrower', open)
  else if (place.document.otherProperties === 'kept') {
    place.lose('additionalProperties', 'narrower', `${title} closes every object: other properties are not produced`)
  }
}
