import { MissingKeyError } from './missing-key-error.ts'

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The key that one of the variables holds.
 *
 * @throws MissingKeyError when none does.
 */
export function readKey(model: string, environment: Environment, variables: readonly string[]): string {
  for (const variable of variables) {
    const key = given(environment[variable])
    if (key !== undefined) return key
  }
  throw new MissingKeyError(model, variables)
}

/** A variable that is set to something. */
export function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim()
}
