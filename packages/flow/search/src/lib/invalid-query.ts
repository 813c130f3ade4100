import { describeValue } from '@empire/errors'
import { quoteAll, suggest } from './check-options.ts'
import { SearchError } from './search-error.ts'

/** Expected and came, at a place of a request. */
export function invalidQuery(path: string, expected: string, came: unknown, hint = ''): SearchError {
  return new SearchError('invalid_query', `"${path}" must be ${expected}, got ${describeValue(came)}.${hint}`, {
    details: { path },
  })
}

/** An object that has no key but the known ones. */
export function readObject<Key extends string>(
  path: string,
  value: unknown,
  known: readonly Key[],
  example: string,
): { readonly [Name in Key]?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidQuery(path, `an object such as ${example}`, value)
  }
  const unknown = Object.keys(value).find((key) => !(known as readonly string[]).includes(key))
  if (unknown === undefined) return value
  throw new SearchError(
    'invalid_query',
    `"${path}" must have no key but ${quoteAll(known)}, got "${unknown}".${suggest(unknown, known)}`,
    { details: { path: `${path}.${unknown}` } },
  )
}

/** An array, bounded, its holes filled with `undefined`: they must be refused, not passed over. */
export function readArray(path: string, value: unknown, least: number, most: number): readonly unknown[] {
  if (Array.isArray(value) && value.length >= least && value.length <= most) return Array.from(value)
  if (Array.isArray(value)) {
    throw new SearchError('invalid_query', `"${path}" must have from ${least} to ${most} parts, got ${value.length}.`, {
      details: { path },
    })
  }
  throw invalidQuery(path, 'an array', value)
}

/** A whole number within bounds, or the default. */
export function readWhole<Preset extends number | undefined>(
  path: string,
  value: unknown,
  least: number,
  most: number,
  preset: Preset,
): number | Preset {
  if (value === undefined) return preset
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number
  throw invalidQuery(path, `a whole number from ${least} to ${most}`, value)
}

/** A number within bounds, or the default. */
export function readWeight(path: string, value: unknown, preset: number): number {
  if (value === undefined) return preset
  if (typeof value === 'number' && value >= 0.001 && value <= 1000) return value
  throw invalidQuery(path, 'a number from 0.001 to 1000', value)
}

/** One of some words, or the default. */
export function readChoice<Choice extends string>(
  path: string,
  value: unknown,
  choices: readonly Choice[],
  preset: Choice,
): Choice {
  if (value === undefined) return preset
  if ((choices as readonly unknown[]).includes(value)) return value as Choice
  const hint = typeof value === 'string' ? suggest(value, choices) : ''
  throw invalidQuery(path, `one of ${quoteAll(choices)}`, value, hint)
}
