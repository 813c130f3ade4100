import { describeValue } from '@empire/errors'

/** A name such as `files/abc`, also when only `abc` was given. Throws a `TypeError` for what is no name. */
export function resourceName(
  folder: 'files' | 'cachedContents' | 'batches',
  name: unknown,
  option: string = 'name',
): string {
  // The names of projects may have dots and colons; behind the colon of the last step stands a method.
  if (typeof name === 'string' && /^(?:[\w-][\w.:-]*\/)*[\w-]+$/.test(name)) {
    return name.includes('/') ? name : `${folder}/${name}`
  }
  throw new TypeError(`Expected "${option}" to be a name such as "${folder}/abc", got ${describeValue(name)}.`)
}
