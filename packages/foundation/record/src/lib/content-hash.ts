import { hash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** An address of content: `sha256:` and 64 hexadecimal digits. */
export type ContentHash = `sha256:${string}`

/** The address of a JSON value: the SHA-256 of its canonical JSON in UTF-8. Equal values have equal addresses. */
export function contentHash(value: unknown): ContentHash {
  return hashText(canonicalJson(value))
}

/** The address of a text that is canonical already. */
export function hashText(text: string): ContentHash {
  return `sha256:${hash('sha256', text)}`
}
