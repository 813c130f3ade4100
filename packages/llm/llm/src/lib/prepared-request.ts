import type { Context } from '@empire/context'
import type { ModelRequest } from './model-request.ts'

/** A request as models get it: checked, and the conversation always a context. */
export interface PreparedRequest extends Omit<ModelRequest, 'messages'> {
  /** The conversation. Its wire doors give what a vendor takes. */
  readonly context: Context
}
