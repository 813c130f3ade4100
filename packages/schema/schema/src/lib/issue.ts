/**
 * One reason why a value does not fit a schema: structurally an issue of zod, and an issue of Standard Schema.
 *
 * Which of the optional members are there depends on `code`.
 */
export interface Issue {
  /** What kind of failure this is: `invalid_type`, `too_small`, `invalid_format`, `unrecognized_keys`, `custom`, … */
  readonly code: string
  /** Where: the keys from the root of the value to what failed. Empty for the value itself. */
  readonly path: readonly PropertyKey[]
  /** What was expected, in a sentence for people. */
  readonly message: string
  /** `invalid_type`: the type that was expected. */
  readonly expected?: string | undefined
  /** `too_small`, `too_big`, `invalid_key`, `invalid_element`: what the bound or the part belongs to: `string`, `array`, `map`. */
  readonly origin?: string | undefined
  readonly minimum?: number | bigint | undefined
  readonly maximum?: number | bigint | undefined
  /** `too_small`, `too_big`: whether the bound itself is allowed. */
  readonly inclusive?: boolean | undefined
  /** `invalid_format`: the format: `email`, `uuid`, `regex`. */
  readonly format?: string | undefined
  readonly pattern?: string | undefined
  readonly divisor?: number | bigint | undefined
  /** `unrecognized_keys`: the keys that the schema does not know. */
  readonly keys?: readonly string[] | undefined
  /** `invalid_value`: the values that are allowed. */
  readonly values?: readonly unknown[] | undefined
  /** `invalid_union`: the issues of each option, in the order of the options. */
  readonly errors?: readonly (readonly Issue[])[] | undefined
  /** `invalid_key`, `invalid_element`: what is wrong with the key or the element; paths start there. */
  readonly issues?: readonly Issue[] | undefined
  /** `invalid_element`: the key in the map. */
  readonly key?: unknown
  /** `custom`: what the author of the check passed along. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
}
