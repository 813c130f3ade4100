import { closestName } from './closest-name.ts'
import { isPlainObject } from './is-plain-object.ts'
import type { Outline } from './outline.ts'
import type { Path } from './path.ts'
import { setMember } from './set-member.ts'

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
  if (Array.isArray(values)) {
    return values.map((value: unknown, index) => {
      const key = String(index)
      return withoutUnknownKeys(value, outline.below(key), onUnknown, [...path, key])
    })
  }
  if (!isPlainObject(values)) return values
  const known: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    const inner = [...path, key]
    if (key !== '__proto__' && outline.allows(key)) {
      setMember(known, key, withoutUnknownKeys(value, outline.below(key), onUnknown, inner))
    } else onUnknown({ path: inner, known: outline.keys, suggestion: closestName(key, outline.keys) })
  }
  return known
}
