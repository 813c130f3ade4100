import type { Span } from '@opentelemetry/api'
import { readContent, unreadable } from './content-recording.ts'
import { processState } from './process-state.ts'

/**
 * Sets content (a prompt, an output) as an attribute of a span, without its secrets. Does nothing while content recording
 * is off or the span is not recorded.
 *
 * @param content A text, data that is written as JSON, or a function that gives either and is called only when needed.
 *   Of bytes only their number is written.
 */
export function setContent(span: Span, attribute: string, content: unknown): void {
  if (typeof attribute !== 'string') {
    throw new TypeError(`setContent: "attribute" must be a string, got ${typeof attribute}.`)
  }
  if (!processState.content || !span.isRecording()) return
  const text = asText(readContent(content))
  if (text !== undefined) span.setAttribute(attribute, text)
}

function asText(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  try {
    return JSON.stringify(content, writeMember)
  } catch {
    return unreadable
  }
}

/** Not the bytes: the redactor could not read them, and a list of numbers helps nobody. */
function writeMember(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  // Not `value`: a Buffer has already made a list of itself there.
  const member = this[key]
  return ArrayBuffer.isView(member) ? `[${member.byteLength} bytes]` : value
}
