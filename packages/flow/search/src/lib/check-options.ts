import { closestName, describeValue } from '@empire/errors'

/** The number of an option, or its default. */
export function readNumber(path: string, value: unknown, least: number, most: number, preset: number): number {
  if (value === undefined) return preset
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw new TypeError(`"${path}" must be a number from ${least} to ${most}, got ${describeValue(value)}.`)
}

/** `"a", "b"`, at most 12 names of them. */
export function quoteAll(names: readonly string[]): string {
  const shown = names
    .slice(0, 12)
    .map((name) => `"${name}"`)
    .join(', ')
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown
}

/** ` Did you mean "x"?`, or nothing. */
export function suggest(word: string, names: readonly string[]): string {
  const closest = closestName(word, names)
  return closest === undefined ? '' : ` Did you mean "${closest}"?`
}
