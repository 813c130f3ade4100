import { type Context, createContext } from '@empire/context'
import { checkRequest } from './check-request.ts'
import type { ModelRequest } from './model-request.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { asForwarded, memoOf, preparedOf, withMemo } from './request-memo.ts'

/** The prepared request as the request of a further call: it is not prepared again, however many layers there are. */
export function forwardRequest(prepared: PreparedRequest): ModelRequest {
  const memo = memoOf(prepared)
  if (memo.forwarded === undefined) {
    const { context, ...parameters } = prepared
    memo.forwarded = asForwarded({ ...parameters, messages: context }, prepared)
  }
  return memo.forwarded
}

/**
 * The request as models get it. The temperature of the context holds where the request has none.
 *
 * Throws a `ModelError` with code `invalid_request` and the path of the first fault.
 */
export function prepareRequest(request: ModelRequest): PreparedRequest {
  const prepared = preparedOf(request)
  if (prepared !== undefined) return prepared
  checkRequest(request)
  const { messages, ...parameters } = request
  if (!isList(messages)) {
    return withMemo({
      ...parameters,
      temperature: parameters.temperature ?? messages.temperature,
      context: messages,
    })
  }
  let context = createContext()
  for (const { role, content } of messages) context = context.add({ role, raw: content })
  return withMemo({ ...parameters, context })
}

function isList(messages: ModelRequest['messages']): messages is Exclude<ModelRequest['messages'], Context> {
  return Array.isArray(messages)
}
