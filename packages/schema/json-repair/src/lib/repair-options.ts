import { describeValue, expectKnownKeys } from '@empire/errors'
import type { SeveralValues } from './read-text.ts'
import type { NonFinite } from './source.ts'
import { expectSchema, type JsonSchemaDocument, type StandardSchema } from './accepted-schema.ts'

/** How `repairJson` reads a text. */
export interface RepairOptions {
  /**
   * Judges the readings of a text: the first that it accepts is taken, and the first of all if it accepts none. Any
   * Standard Schema that validates synchronously, or a JSON Schema document, of which the structural keywords are
   * checked: `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`, `items`, `prefixItems`, `anyOf`,
   * `oneOf`, `allOf` and `$ref` within the document.
   */
  schema?: StandardSchema | JsonSchemaDocument | undefined
  /** How many readings the schema judges at most. Default: 8. */
  readings?: number | undefined
  /**
   * What becomes of `NaN` and the infinities: `null`, their name as a string, or the number itself, for which `text` has
   * `null`. Default: `'null'`.
   */
  nonFinite?: NonFinite | undefined
  /** What several values are: an array of them, or only the first or the last. Default: `'array'`. */
  several?: SeveralValues | undefined
  /**
   * Whether a text that is one string with a whole JSON object or array in it stands for that object or array. With a
   * schema, only if it refuses the string; with `strict`, never. Default: `true`.
   */
  decodeString?: boolean | undefined
  /** `'safe'` refuses every repair that can change the meaning (`repairKinds`). Default: all repairs are allowed. */
  strict?: 'safe' | undefined
}

/** The options with their defaults. */
export interface ParsedRepairOptions {
  readonly schema: StandardSchema | JsonSchemaDocument | undefined
  readonly readings: number
  readonly nonFinite: NonFinite
  readonly several: SeveralValues
  readonly decodeString: boolean
  readonly strict: 'safe' | undefined
}

const names = ['schema', 'readings', 'nonFinite', 'several', 'decodeString', 'strict']

export function parseRepairOptions(options: RepairOptions): ParsedRepairOptions {
  expectKnownKeys('repairJson: "options"', options, names)
  const { schema, readings = 8, nonFinite = 'null', several = 'array', decodeString = true, strict } = options
  if (schema !== undefined) expectSchema(schema)
  if (!Number.isSafeInteger(readings) || readings < 1) {
    throw new TypeError(`Expected options.readings to be an integer of at least 1, got ${describeValue(readings)}.`)
  }
  expectOneOf('nonFinite', nonFinite, ['null', 'string', 'number'])
  expectOneOf('several', several, ['array', 'first', 'last'])
  if (typeof decodeString !== 'boolean') {
    throw new TypeError(`Expected options.decodeString to be a boolean, got ${describeValue(decodeString)}.`)
  }
  if (strict !== undefined) expectOneOf('strict', strict, ['safe'])
  return { schema, readings, nonFinite, several, decodeString, strict }
}

function expectOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (typeof value === 'string' && allowed.includes(value)) return
  const expected = allowed.map((each) => `'${each}'`).join(', ')
  throw new TypeError(`Expected options.${name} to be ${expected}, got ${describeValue(value)}.`)
}
