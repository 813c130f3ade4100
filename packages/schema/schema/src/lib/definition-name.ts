import { pointerTo } from './json-pointer.ts'
import type { JsonSchemaObject } from './json-schema.ts'

/** The name that a schema refers to with `#/$defs/<name>`. */
export function definitionName(schema: JsonSchemaObject): string | undefined {
  const { $ref } = schema
  if (typeof $ref !== 'string' || !$ref.startsWith('#/$defs/')) return undefined
  return $ref.slice('#/$defs/'.length).replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The reference to a definition. */
export function definitionReference(name: string): string {
  return `#${pointerTo('', '$defs', name)}`
}
