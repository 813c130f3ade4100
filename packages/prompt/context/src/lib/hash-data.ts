import { contentHash, type ContentHash } from '@empire/record/content'
import { plainCopy } from './plain-copy.ts'

/**
 * The hash of plain data: that of its canonical JSON.
 *
 * A half surrogate pair has no canonical JSON, and yet a text that was cut from a stream may hold one: every text is then
 * written as its JSON, which escapes it. Nothing else that is hashed here has `escaped` as its only key.
 */
export function hashData(value: object): ContentHash {
  try {
    return contentHash(value)
  } catch {
    return contentHash({ escaped: plainCopy(value, 'value', (text) => JSON.stringify(text)) })
  }
}
