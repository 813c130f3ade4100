import { findSecrets } from './find-secrets.ts'
import { createPlainNames } from './plain-names.ts'
import { isHidden, redactValue } from './redact-value.ts'
import type { SecretInText } from './secret-in-text.ts'
import type { SecretShape } from './secret-shapes.ts'

/** What to hide besides the list. */
export interface RedactorOptions {
  /** Secrets that the application knows, such as its own keys: hidden wherever they stand. Default: none. */
  readonly secrets?: readonly string[] | undefined
  /** Shapes of secrets that only the application has. Default: none. */
  readonly shapes?: readonly SecretShape[] | undefined
}

/** Hides secrets in text and data. Pure: the same input gives the same output. */
export interface Redactor {
  /** The value without its secrets: itself when it holds none, else a copy. */
  readonly redact: <Value>(value: Value) => Value
  /**
   * Whether a member of plain JSON data is a secret or has one in its name or text, for those who walk through data themselves:
   * what it holds further down they ask about in turn. Where it says so, `redact` hides something of the whole.
   */
  readonly isSecretMember: (holder: object, key: string | number, member: unknown) => boolean
  /** The text with `[redacted]` in the place of each secret. */
  readonly redactText: (text: string) => string
  /** Where the secrets of a text stand: in order, and none overlaps another. */
  readonly findSecrets: (text: string) => readonly SecretInText[]
}

/** A redactor that knows more secrets than the common list does. */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const known = arrayOf(options.secrets, 'secrets').flatMap(writings)
  const shapes = arrayOf(options.shapes, 'shapes').map(checkShape)
  const find = (text: string): readonly SecretInText[] => {
    if (typeof text !== 'string') throw new TypeError(`"text" must be a string, got a ${typeof text}.`)
    return findSecrets(text, shapes, known)
  }
  const names = createPlainNames()
  const redactText = (text: string): string => {
    const secrets = find(text)
    if (secrets.length === 0) return text
    let redacted = ''
    let end = 0
    for (const secret of secrets) {
      redacted += text.slice(end, secret.start) + secret.replacement
      end = secret.end
    }
    redacted += text.slice(end)
    if (!isJson(text) || isJson(redacted)) return redacted
    return JSON.stringify(redactValue(JSON.parse(text), redactText, names))
  }
  return Object.freeze({
    redact: <Value>(value: Value): Value => redactValue(value, redactText, names) as Value,
    isSecretMember(holder: object, key: string | number, member: unknown) {
      if (!names.has(key)) {
        if (isHidden(holder, key, member) || (typeof key === 'string' && find(key).length > 0)) return true
        names.add(key)
      }
      return typeof member === 'string' && find(member).length > 0
    },
    redactText,
    findSecrets: find,
  })
}

function arrayOf<Item>(items: readonly Item[] | undefined, name: string): readonly Item[] {
  if (items === undefined || Array.isArray(items)) return items ?? []
  // What came may be a secret.
  throw new TypeError(`"${name}" must be an array, got a ${typeof items}.`)
}

/** A secret as it stands in plain text, in JSON, and in a URL. */
function writings(secret: string): string[] {
  if (typeof secret !== 'string' || secret === '') {
    throw new TypeError('"secrets" must hold strings that are not empty.')
  }
  const encoded = secret.isWellFormed() ? [encodeURIComponent(secret)] : []
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), ...encoded])]
}

function isJson(text: string): boolean {
  if (!/^\s*["[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function checkShape({ name, pattern }: SecretShape): SecretShape {
  if (typeof name !== 'string') throw new TypeError(`"shapes" must have names, got a ${typeof name}.`)
  if (!(pattern instanceof RegExp)) {
    throw new TypeError(`"shapes" must have regular expressions as patterns, got a ${typeof pattern} for "${name}".`)
  }
  return { name, pattern: new RegExp(pattern, `${pattern.flags.replaceAll(/[gy]/g, '')}g`) }
}
