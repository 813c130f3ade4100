import { closestName } from '@empire/errors'

/** Throws `TypeError` for a key of the object `value` that is none of `known`, calling the object `name`. */
export function checkKeys(value: object, known: readonly string[], name: string): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    const closest = closestName(key, known)
    const hint = closest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${closest}"?`
    throw new TypeError(`Unknown key ${JSON.stringify(key)} of "${name}". ${hint}`)
  }
}
