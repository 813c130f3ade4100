import { areDiscriminated } from './disjoint-branches.ts'
import type { JsonSchema, JsonSchemaObject } from './json-schema.ts'
import type { SchemaLoss } from './schema-loss.ts'

/**
 * True for a keyword below which a wider schema can refuse more, or a narrower one admit more: it counts or negates what it
 * holds.
 */
export function turnsAround(
  schema: JsonSchemaObject,
  keyword: string,
  definition: (name: string) => JsonSchema | undefined,
): boolean {
  if (keyword === 'oneOf') return !areDiscriminated(schema['oneOf'] as JsonSchema[], definition)
  return keyword === 'not' || keyword === 'if' || (keyword === 'contains' && 'maxContains' in schema)
}

/** What a loss means for the whole if it stands below such a keyword. */
export function effectInside(effect: SchemaLoss['effect'], turned: boolean): SchemaLoss['effect'] {
  return turned && effect !== 'annotation' ? 'different' : effect
}
