import { inspect } from 'node:util'
import { isPlainObject } from './is-plain-object.ts'
import type { Outline } from './outline.ts'
import { type SecretFilter, secretMark } from './secret-filter.ts'
import { setMember } from './set-member.ts'

/** A copy of settings to print: without secrets, and without texts that were made from one. */
export function hideSecrets(value: unknown, outline: Outline, secrets: SecretFilter): unknown {
  if (outline.isSecret) return value === null || value === undefined ? value : secretMark
  if (typeof value === 'string') return secrets.hideIn(value)
  if (value instanceof URL) return hideInUrl(value, secrets)
  if (Array.isArray(value)) return value.map((item: unknown, index) => hideBelow(item, String(index)))
  if (value instanceof Set) return new Set(Array.from(value, (item, index) => hideBelow(item, String(index))))
  if (value instanceof Map) {
    return new Map(Array.from(value, ([key, inner]: [unknown, unknown]) => [key, hideBelow(inner, String(key))]))
  }
  if (!isPlainObject(value)) return value
  const copy: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) setMember(copy, key, hideBelow(inner, key))
  return copy

  function hideBelow(inner: unknown, key: string): unknown {
    return hideSecrets(inner, outline.below(key), secrets)
  }
}

function hideInUrl(url: URL, secrets: SecretFilter): unknown {
  const text = secrets.hideIn(url.href)
  return text === url.href ? url : text
}

/** Makes `console.log` and `JSON.stringify` print an object as `show` gives it. Its members stay what they are. */
export function printAs(target: object, show: () => unknown): void {
  for (const key of ['toJSON', inspect.custom]) {
    if (!Object.hasOwn(target, key)) Object.defineProperty(target, key, { value: show })
  }
}
