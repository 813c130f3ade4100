import { isPlainObject } from './is-plain-object.ts'
import type { Outline } from './outline.ts'

/** What stands in the place of a secret wherever settings are printed. */
export const secretMark = '[redacted]'

/** Takes the secrets of one set of settings out of texts. */
export interface SecretFilter {
  /** `everywhere` also hides secrets of less than four characters, which occur in other texts by chance. */
  hideIn(text: string, options?: { everywhere: boolean }): string
}

const shortest = 4

/** A filter for the secrets that stand in `values` where the outline marks them. */
export function createSecretFilter(root: Outline, values: unknown): SecretFilter {
  const texts = new Set<string>()
  collect(values, root)
  // The longest first: one secret may be the beginning of another.
  const secrets = [...texts].toSorted((a, b) => b.length - a.length)
  return {
    hideIn(text, { everywhere } = { everywhere: false }) {
      const hidden = everywhere ? secrets : secrets.filter((secret) => secret.length >= shortest)
      return hidden.reduce((rest, secret) => rest.replaceAll(secret, () => secretMark), text)
    },
  }

  function collect(value: unknown, outline: Outline): void {
    if (!outline.holdsSecret) return
    if (Array.isArray(value) || isPlainObject(value)) {
      for (const [key, inner] of Object.entries(value)) collect(inner, outline.below(key))
    } else if (outline.isSecret && isText(value)) {
      const text = String(value)
      texts.add(text)
      // As it stands in JSON, without the quotes.
      texts.add(JSON.stringify(text).slice(1, -1))
      // No text is everywhere.
      texts.delete('')
    }
  }
}

function isText(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
}
