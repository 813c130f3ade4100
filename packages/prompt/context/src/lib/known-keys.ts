import { closestName } from '@empire/errors'

/** Throws `TypeError` for a property of `value` that is none of `known`, calling the object `name`. */
export function checkKnownKeys(value: object, known: ReadonlySet<string>, name: string): void {
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue
    const closest = closestName(key, known)
    const hint = closest === undefined ? '' : ` Did you mean ${JSON.stringify(closest)}?`
    throw new TypeError(`Unknown property ${JSON.stringify(key)} of "${name}".${hint} Known: ${[...known].join(', ')}.`)
  }
}
