import { closestName } from '@empire/errors'
import { isPlainObject } from './is-plain-object.ts'
import { type Outline, silence } from './outline.ts'
import type { Path } from './path.ts'

export interface UnknownKey {
  readonly path: Path
  readonly known: readonly string[]
  readonly suggestion: string | undefined
}

/** Takes the keys that the outline has no room for out of the values, and hands each to `onUnknown`. */
export function withoutUnknownKeys(
  values: unknown,
  outline: Outline,
  onUnknown: (key: UnknownKey) => void,
  path: Path = [],
): unknown {
  if (outline === silence) return values
  if (Array.isArray(values)) {
    return values.map((value: unknown, index) => withoutBelow(value, String(index)))
  }
  if (!isPlainObject(values)) return values
  const known: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    if (outline.allows(key)) known[key] = withoutBelow(value, key)
    else onUnknown({ path: [...path, key], known: outline.keys, suggestion: closestName(key, outline.keys) })
  }
  return known

  function withoutBelow(value: unknown, key: string): unknown {
    if (typeof value !== 'object' || value === null) return value
    return withoutUnknownKeys(value, outline.below(key), onUnknown, [...path, key])
  }
}
