import { createPartialJsonParser, PartialJsonError } from '@empire/json-repair'

const encoder = new TextEncoder()

/** Why a text is not JSON, and where: nothing of the text is quoted but one character. */
export function explainJson(text: string): string {
  const parser = createPartialJsonParser({ strict: true })
  try {
    parser.push(text)
    parser.end()
  } catch (error) {
    if (error instanceof PartialJsonError) return `Invalid JSON: ${describeJsonError(error, text, 0)}`
    throw error
  }
  return 'Invalid JSON'
}

/** What was expected, at which byte, and what came. `text` is what begins at the character `from`. */
export function describeJsonError(error: PartialJsonError, text: string, from: number): string {
  const byte = encoder.encode(text.slice(0, error.offset - from)).length
  return `expected ${error.expected} at byte ${byte}, received ${error.received}`
}
