import type { JsonSchemaObject } from './json-schema.ts'
import type { SchemaLoss } from './schema-loss.ts'

/**
 * A schema in draft 2020-12, whichever language it came from: definitions only in the root's `$defs`,
 * references only `#` and `#/$defs/<name>`. What each dialect starts from.
 */
export interface JsonDocument {
  readonly schema: JsonSchemaObject
  /** What the form above already lacks. */
  readonly losses: readonly SchemaLoss[]
  /**
   * Whether objects that say nothing of other properties drop them, as zod's do, or let them pass, as JSON Schema's do:
   * forbidding them is a loss for the second only.
   */
  readonly otherProperties: 'dropped' | 'kept'
}
