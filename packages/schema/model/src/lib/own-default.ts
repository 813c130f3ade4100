import { freezePlain, isPlain } from './freeze-plain.ts'

/** A default in the form that zod takes: a value that cannot change, or a function that makes a new one for each instance. */
export function ownDefault(given: unknown): unknown {
  if (typeof given === 'function') return given
  const kinds = kindsIn(given)
  // A copy: the object may be changed by whoever made it.
  if (kinds.isForeign || !kinds.isMutable) return freezePlain(given)
  const snapshot = structuredClone(given)
  return () => structuredClone(snapshot)
}

const builtIn = [Date, Map, Set, RegExp, ArrayBuffer]

/** Whether there is something that cannot be frozen, and something that cannot be copied. */
function kindsIn(value: unknown): { isMutable: boolean; isForeign: boolean } {
  const found = { isMutable: false, isForeign: false }
  const seen = new Set([value])
  // A set is walked while it grows: no recursion, and circles end.
  for (const part of seen) {
    if (typeof part === 'function' || typeof part === 'symbol') found.isForeign = true
    if (typeof part !== 'object' || part === null) continue
    const inner = part instanceof Map ? [...part].flat() : part instanceof Set ? part : Object.values(part)
    if (ArrayBuffer.isView(part) || builtIn.some((kind) => isOnly(part, kind))) found.isMutable = true
    else if (!isPlain(part)) found.isForeign = true
    if (!ArrayBuffer.isView(part)) for (const member of inner) seen.add(member)
  }
  return found
}

/** Not of a class that extends it: a copy would be none. */
function isOnly(value: object, kind: { readonly prototype: object }): boolean {
  return Object.getPrototypeOf(value) === kind.prototype
}
