import type { Context } from '@empire/context'
import { describeValue } from '@empire/errors'
import { ModelError } from './model-error.ts'

const roles: ReadonlySet<unknown> = new Set(['system', 'user', 'assistant'])

/** Throws a `ModelError` with code `invalid_request` and the path of the first fault. */
export function checkRequest(request: unknown): void {
  if (!isRecord(request)) throw fault('', 'an object with messages', request)
  const { messages, temperature, maxTokens, stopSequences } = request
  if (isContext(messages)) {
    if (messages.length === 0) throw fault('messages', 'a context of at least one message', messages)
  } else {
    if (!Array.isArray(messages) || messages.length === 0) {
      throw fault('messages', 'a context, or an array of at least one message', messages)
    }
    for (const [index, message] of messages.entries()) checkMessage(`messages[${index}]`, message)
  }
  if (temperature !== undefined && !(typeof temperature === 'number' && temperature >= 0 && temperature < Infinity)) {
    throw fault('temperature', 'a finite number from 0 upwards', temperature)
  }
  if (maxTokens !== undefined && !(Number.isSafeInteger(maxTokens) && Number(maxTokens) > 0)) {
    throw fault('maxTokens', 'a positive integer', maxTokens)
  }
  if (stopSequences !== undefined) checkStopSequences(stopSequences)
}

function checkMessage(path: string, message: unknown): void {
  if (!isRecord(message)) throw fault(path, 'an object with role and content', message)
  const { role, content } = message
  if (!roles.has(role)) throw fault(`${path}.role`, '"system", "user" or "assistant"', role)
  if (typeof content !== 'string') throw fault(`${path}.content`, 'a string', content)
}

function checkStopSequences(stopSequences: unknown): void {
  if (!Array.isArray(stopSequences)) throw fault('stopSequences', 'an array of strings', stopSequences)
  for (const [index, text] of stopSequences.entries()) {
    if (typeof text !== 'string' || text === '')
      throw fault(`stopSequences[${index}]`, 'a string that is not empty', text)
  }
}

/** By its form: two installed versions of the package are two classes. */
function isContext(value: unknown): value is Context {
  return isRecord(value) && !Array.isArray(value) && typeof value['renderMessages'] === 'function'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function fault(path: string, expected: string, came: unknown): ModelError {
  const place = path === '' ? 'The request' : `"${path}" of the request`
  return new ModelError('invalid_request', `${place} must be ${expected}, got ${describeValue(came)}.`, {
    details: { path },
  })
}
