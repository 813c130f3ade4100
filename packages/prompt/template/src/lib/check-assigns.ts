import { describeValue } from '@empire/errors'

/** Throws `TypeError` unless `assigns` is an object of values by name: the check of `render` in every engine. */
export function checkAssigns(assigns: unknown): void {
  if (typeof assigns === 'object' && assigns !== null && !Array.isArray(assigns)) return
  throw new TypeError(`Expected "assigns" to be an object of values by name, got ${describeValue(assigns)}.`)
}
