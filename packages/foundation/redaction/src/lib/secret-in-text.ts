/** What stands in the place of a secret. */
export const redactionMark = '[redacted]'

/** Where a secret stands in a text. */
export interface SecretInText {
  /** Index of its first UTF-16 code unit. */
  readonly start: number
  /** Index behind its last code unit. */
  readonly end: number
  /** What it was known by: the name of a shape, `named` for a value behind a telling name, `known` for a given secret. */
  readonly shape: string
  /** What to write in its place: `[redacted]`, or `0` for a number in JSON, so that it stays JSON. */
  readonly replacement: string
}
