import { closestName, describeValue } from '@empire/errors'

/** Throws a `TypeError` unless it is an object with no other fields than these. Values are not shown. */
export function checkFields(name: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`Expected "${name}" to be an object, got ${describeValue(value)}.`)
  }
  for (const field of Object.keys(value)) {
    if (known.includes(field)) continue
    const closest = closestName(field, known)
    const hint = closest === undefined ? '' : ` Did you mean "${closest}"?`
    throw new TypeError(`Unknown option "${field}".${hint} Known: ${known.join(', ')}.`)
  }
}
