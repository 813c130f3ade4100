import { createPartialJsonParser, PartialJsonError } from '@empire/json-repair'
import { redactText } from '@empire/redaction'

const encoder = new TextEncoder()

/** Why a text is not JSON, and where. Of the text, only the character or word that is wrong is quoted. */
export function explainJson(text: string): string {
  const parser = createPartialJsonParser({ strict: true })
  try {
    parser.push(text)
    parser.end()
  } catch (error) {
    if (!(error instanceof PartialJsonError)) throw error
    const byte = encoder.encode(text.slice(0, error.offset)).length
    return redactText(`Invalid JSON: expected ${error.expected} at byte ${byte}, received ${error.received}`)
  }
  return 'Invalid JSON'
}
