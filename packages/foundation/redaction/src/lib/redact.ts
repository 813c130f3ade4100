import { createRedactor } from './create-redactor.ts'
import type { SecretInText } from './secret-in-text.ts'

const redactor = createRedactor()

/**
 * The value without its secrets: itself when it holds none, else a copy that shares nothing with it.
 *
 * Hidden are secrets in any text, also in keys, and whatever text or number stands under a name such as `password`.
 * In a copy, errors stay errors, instances of classes become plain objects, and what has `toJSON()` becomes its result.
 * Never throws: what cannot be read becomes `[unreadable]`.
 */
export function redact<Value>(value: Value): Value {
  return redactor.redact(value)
}

/** Whether a member of plain JSON data is a secret or has one in its name or text: see `Redactor`. */
export function isSecretMember(holder: object, key: string | number, member: unknown): boolean {
  return redactor.isSecretMember(holder, key, member)
}

/** The text with `[redacted]` in the place of each secret. */
export function redactText(text: string): string {
  return redactor.redactText(text)
}

/** Where the secrets of a text stand: in order, and none overlaps another. */
export function findSecrets(text: string): readonly SecretInText[] {
  return redactor.findSecrets(text)
}
