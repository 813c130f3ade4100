import { hash } from 'node:crypto'
import { writeJson } from './canonical-json.ts'
import { Shared, type WrittenContent } from './shared-content.ts'

/** An address of content: `sha256:` and 64 hexadecimal digits. */
export type ContentHash = `sha256:${string}`

/** The address of a JSON value: the SHA-256 of its canonical JSON in UTF-8. Equal values have equal addresses. */
export function contentHash(value: unknown): ContentHash {
  return plainContent(value, 'value').hash
}

/** The canonical JSON of a value, and its address. */
export function plainContent(value: unknown, parameter: string): WrittenContent {
  if (!(value instanceof Shared)) return contentOf(writeJson(value, parameter))
  return (value.plain ??= contentOf(writeJson(value, parameter)))
}

/** Content of which the canonical JSON is known. */
export function contentOf(text: string): WrittenContent {
  return { hash: hashText(text), text }
}

/** The address of a text that is canonical already. */
export function hashText(text: string): ContentHash {
  return `sha256:${hash('sha256', text)}`
}
