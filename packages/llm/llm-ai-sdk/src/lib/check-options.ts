import { closestName, describeValue } from '@empire/errors'
import { isFields } from './is-fields.ts'

/** Throws `TypeError` for options that are no object, or have a name that is not known. */
export function checkOptions(options: unknown, known: readonly string[]): void {
  if (!isFields(options)) throw new TypeError(`Expected "options" to be an object, got ${describeValue(options)}.`)
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const closest = closestName(unknown, known)
  const hint = closest === undefined ? `The options are ${known.join(', ')}.` : `Did you mean "${closest}"?`
  throw new TypeError(`There is no option "${unknown}". ${hint}`)
}
