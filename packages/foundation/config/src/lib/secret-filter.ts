import { createRedactor } from '@empire/redaction'
import { isPlainObject } from './is-plain-object.ts'
import type { Outline } from './outline.ts'

/** What stands in the place of a secret wherever settings are printed. */
export const secretMark = '[redacted]'

/** Takes the secrets of some settings out of texts. */
export interface SecretFilter {
  /** The secrets, as they may stand in a text. */
  readonly texts: ReadonlySet<string>
  /** `everywhere` also hides secrets of less than four characters, which occur in other texts by chance. */
  hideIn(text: string, options?: { everywhere: boolean }): string
  /** The error, or a copy without secrets in its texts, its causes and its properties. */
  hideInError(error: unknown): unknown
}

const shortest = 4

/** A filter for the secrets that stand in one of `settings` where the outline marks them, and for those of another filter. */
export function createSecretFilter(
  root: Outline,
  settings: readonly unknown[],
  others: ReadonlySet<string> = new Set(),
): SecretFilter {
  const texts = new Set(others)
  for (const values of settings) collect(values, root)
  // No text is everywhere.
  texts.delete('')
  // The longest first: one secret may be the beginning of another.
  const secrets = [...texts].toSorted((a, b) => b.length - a.length)
  const long = secrets.filter((secret) => secret.length >= shortest)
  return {
    texts,
    hideIn(text, { everywhere } = { everywhere: false }) {
      return (everywhere ? secrets : long).reduce((rest, secret) => rest.replaceAll(secret, () => secretMark), text)
    },
    hideInError: (error) => createRedactor({ secrets: long }).redact(error),
  }

  function collect(value: unknown, outline: Outline): void {
    if (!outline.holdsSecret) return
    const members = membersOf(value)
    if (members !== undefined) {
      for (const [key, inner] of members) collect(inner, outline.below(key))
    } else if (outline.isSecret && isText(value)) {
      const text = String(value)
      texts.add(text)
      // As it stands in JSON, without the quotes.
      texts.add(JSON.stringify(text).slice(1, -1))
    }
  }
}

function membersOf(value: unknown): Iterable<readonly [string, unknown]> | undefined {
  if (Array.isArray(value) || isPlainObject(value)) return Object.entries(value)
  if (value instanceof Map) return Array.from(value, ([key, inner]: [unknown, unknown]) => [String(key), inner])
  if (value instanceof Set) return Array.from(value, (inner: unknown, index) => [String(index), inner])
  return undefined
}

function isText(value: unknown): value is string | number | bigint | URL {
  return ['string', 'number', 'bigint'].includes(typeof value) || value instanceof URL
}
