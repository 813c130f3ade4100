import { EmpireError } from '@empire/errors'
import type { Message } from './message.ts'

/**
 * A message whose template could not be rendered.
 *
 * `code` and `details` are those of the `cause`, such as `template_undefined_variable` with `line` and `column`;
 * `details` holds `messageIndex`, `role` and `engine` too.
 */
export class MessageRenderError extends EmpireError {
  /** @param cause What the engine threw; anything but an `EmpireError` becomes `template_render`. */
  constructor(message: Message, messageIndex: number, cause: unknown) {
    const known = EmpireError.isInstance(cause)
    const reason = cause instanceof Error ? cause.message : 'the engine threw something that is no error'
    super(known ? cause.code : 'template_render', `messages[${messageIndex}] (${message.role}): ${reason}`, {
      cause,
      details: { engine: message.engine, ...(known ? cause.details : {}), messageIndex, role: message.role },
      retryable: known && cause.retryable,
    })
  }
}
