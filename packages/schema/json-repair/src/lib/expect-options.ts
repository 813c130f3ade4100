import { closestName, describeValue } from '@empire/errors'

/**
 * Refuses options that are no object, and names that are none of `names`.
 *
 * @throws {TypeError}
 */
export function expectOptions(caller: string, options: unknown, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`${caller}: expected options to be an object, got ${describeValue(options)}.`)
  }
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    const closest = closestName(name, names)
    const hint = closest === undefined ? '' : ` Did you mean "${closest}"?`
    throw new TypeError(
      `${caller}: expected options of ${names.join(', ')}, got ${JSON.stringify(name.slice(0, 40))}.${hint}`,
    )
  }
}
