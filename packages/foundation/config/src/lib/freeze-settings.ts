import { isDeepStrictEqual } from 'node:util'
import { hideSecrets, printAs } from './hide-secrets.ts'
import { isPlainObject } from './is-plain-object.ts'
import { isOpaque, isSame } from './is-same.ts'
import type { Outline } from './outline.ts'
import type { SecretFilter } from './secret-filter.ts'
import { setMember } from './set-member.ts'

const deepestLevel = 1000

/** How settings are frozen. */
export interface FreezeOptions {
  readonly outline: Outline
  readonly secrets: SecretFilter
  /** Whether they come of the same values as the previous ones: then what nobody can compare has not changed either. */
  readonly isOfSameValues: boolean
}

/**
 * A frozen copy of `settings` that prints without its secrets. Members that are `undefined` are left out.
 *
 * What equals its counterpart in `previous` is that counterpart: a setting has changed exactly if it is not identical.
 */
export function freezeSettings(
  settings: unknown,
  previous: unknown,
  { outline: root, secrets, isOfSameValues }: FreezeOptions,
): unknown {
  return freeze(settings, previous, root, 0)

  function freeze(value: unknown, before: unknown, outline: Outline, level: number): unknown {
    if (level > deepestLevel) {
      throw new TypeError(`schema must give at most ${deepestLevel} levels of settings, got more, or a cycle.`)
    }
    if (Array.isArray(value)) return freezeArray(value, before, outline, level)
    if (isPlainObject(value)) return freezeObject(value, before, outline, level)
    return isUnchanged(value, before) ? before : copyCollection(value, outline, level)
  }

  function isUnchanged(value: unknown, before: unknown): boolean {
    if (isSame(value, before)) return true
    if (!isOfSameValues || !isOpaque(value)) return false
    return typeof value === 'function' ? typeof before === 'function' : isDeepStrictEqual(value, before)
  }

  /** These cannot be frozen; but what the source or the schema keeps of them has no part in the snapshot. */
  function copyCollection(value: unknown, outline: Outline, level: number): unknown {
    if (isOf(value, Date)) return new Date(value)
    if (isOf(value, Set)) {
      return new Set(
        Array.from(value, (item, index) => freeze(item, undefined, outline.below(String(index)), level + 1)),
      )
    }
    if (!isOf(value, Map)) return value
    return new Map(
      Array.from(value, ([key, inner]) => [key, freeze(inner, undefined, outline.below(String(key)), level + 1)]),
    )
  }

  function freezeArray(items: readonly unknown[], before: unknown, outline: Outline, level: number): unknown {
    const old: readonly unknown[] = Array.isArray(before) ? before : []
    const copy = items.map((item, index) => freeze(item, old[index], outline.below(String(index)), level + 1))
    const same = Array.isArray(before) && old.length === copy.length && copy.every((item, index) => item === old[index])
    return same ? before : seal(copy, outline)
  }

  function freezeObject(
    value: Readonly<Record<string, unknown>>,
    before: unknown,
    outline: Outline,
    level: number,
  ): unknown {
    const old = isPlainObject(before) ? before : {}
    const copy: Record<string, unknown> = {}
    for (const [key, inner] of Object.entries(value)) {
      // As good as absent: to begin or to cease to be `undefined` is no change.
      if (inner === undefined) continue
      setMember(copy, key, freeze(inner, Object.hasOwn(old, key) ? old[key] : undefined, outline.below(key), level + 1))
    }
    const keys = Object.keys(copy)
    const same =
      isPlainObject(before) &&
      keys.length === Object.keys(old).length &&
      keys.every((key) => Object.hasOwn(old, key) && Object.is(copy[key], old[key]))
    return same ? before : seal(copy, outline)
  }

  function seal(copy: object, outline: Outline): object {
    if (root.holdsSecret) printAs(copy, () => hideSecrets(copy, outline, secrets))
    return Object.freeze(copy)
  }
}

function isOf<Kind>(value: unknown, kind: new () => Kind): value is Kind {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === kind.prototype
}
