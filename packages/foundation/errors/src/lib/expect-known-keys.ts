import { closestName } from './closest-name.ts'
import { describeText, describeValue } from './describe-value.ts'

/**
 * Refuses what is no object, and an object with a key that is none of `known`: an option that is misspelt must not be
 * ignored. Only own string keys count.
 *
 * @param name What the value is called in the message, with its place: `withRetry: "options"`.
 * @param aliases Known keys by what others call them, too far from each other to be found as a slip. Default: none.
 * @throws {TypeError}
 */
export function expectKnownKeys(
  name: string,
  value: unknown,
  known: readonly string[],
  aliases?: ReadonlyMap<string, readonly string[]>,
): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object, got ${describeValue(value)}.`)
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    const meant = aliases?.get(key)?.find((own) => known.includes(own)) ?? closestName(key, known)
    const hint =
      meant === undefined ? `Known: ${known.length === 0 ? 'none' : known.join(', ')}.` : `Did you mean "${meant}"?`
    throw new TypeError(`${name} has no key ${describeText(key)}. ${hint}`)
  }
}
