import type { Span } from '@opentelemetry/api'
import { readContent, unreadable } from './content-recording.ts'
import { processState } from './process-state.ts'

/**
 * Sets content (a prompt, an output) as an attribute of a span, without its secrets. Does nothing while content recording
 * is off or the span is not recorded.
 *
 * @param content A text, data that is written as JSON, or a function that gives either and is called only when needed.
 */
export function setContent(span: Span, attribute: string, content: unknown): void {
  if (!processState.content || !span.isRecording()) return
  const text = asText(readContent(content))
  if (text !== undefined) span.setAttribute(attribute, text)
}

function asText(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  try {
    return JSON.stringify(content)
  } catch {
    return unreadable
  }
}
