import type { RenderedMessage } from '@empire/context'
import type { PreparedRequest } from './prepared-request.ts'
import { memoOf } from './request-memo.ts'

/** The messages of a request with their texts, rendered once for all layers of its call. */
export function renderedMessages(request: PreparedRequest): readonly RenderedMessage[] {
  return (memoOf(request).rendered ??= request.context.renderMessages())
}
