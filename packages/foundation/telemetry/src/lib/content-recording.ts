import { redact } from '@empire/redaction'
import { processState } from './process-state.ts'

/**
 * Switches the recording of content (prompts, outputs, documents) on or off, for the whole process. It is off until then.
 *
 * Content that is recorded has passed the redactor, which knows the shapes of secrets, not what is private.
 */
export function setContentRecording(on: boolean): void {
  if (typeof on !== 'boolean') throw new TypeError(`setContentRecording: "on" must be true or false, got ${typeof on}.`)
  processState.content = on
}

/** Whether content is recorded, for those who would have to prepare it. */
export function isContentRecorded(): boolean {
  return processState.content
}

/** In the place of content that cannot be read: telemetry must not break what it observes. */
export const unreadable = '[unreadable]'

/** The content without its secrets; a function is called for it. */
export function readContent(content: unknown): unknown {
  try {
    return redact(typeof content === 'function' ? content() : content)
  } catch {
    return unreadable
  }
}
