import { EmpireError } from '@empire/errors'

/**
 * Why a message cannot be sent:
 *
 * - `assistant_first`: the vendor wants the user to begin
 * - `call_unanswered`, `result_without_call`, `duplicate_call`: calls and results do not pair
 * - `empty_text`: the vendor refuses a turn without text
 * - `trailing_space`: the vendor refuses white space at the end of an answer that is to be gone on with
 * - `media_source`, `media_type`: the vendor does not take media of this kind, or not from there
 * - `metadata`: what the message holds for the vendor is no object
 * - `name`: the vendor has no names, or none like this
 * - `system_position`: the vendor takes no system message here
 */
export type UnsupportedReason =
  | 'assistant_first'
  | 'call_unanswered'
  | 'duplicate_call'
  | 'empty_text'
  | 'media_source'
  | 'media_type'
  | 'metadata'
  | 'name'
  | 'result_without_call'
  | 'system_position'
  | 'trailing_space'

/** A message that a vendor's API has no form for. `details` holds `vendor`, `messageIndex`, `role` and `reason`. */
export class UnsupportedMessageError extends EmpireError<'unsupported_message'> {
  /** @param problem What is wrong and what to do, as the end of a sentence. */
  constructor(vendor: string, messageIndex: number, role: string, reason: UnsupportedReason, problem: string) {
    super('unsupported_message', `messages[${messageIndex}] (${role}) cannot be sent to ${vendor}: ${problem}`, {
      details: { vendor, messageIndex, role, reason },
    })
  }
}
