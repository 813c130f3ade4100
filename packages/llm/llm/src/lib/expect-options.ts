import { closestName, describeValue } from '@empire/errors'

/** Throws a `TypeError` when the options are no object, or have a name that is not known. */
export function expectOptions(caller: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${caller}: expected "options" to be an object, got ${describeValue(options)}.`)
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const meant = closestName(name, known)
    throw new TypeError(
      `${caller}: there is no option ${JSON.stringify(name)}.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
    )
  }
}
