import { ModelError } from '@empire/llm'
import { isFields } from './is-fields.ts'

/** The arguments of a call from their JSON text. Throws a `ModelError` with `invalid_response` for anything but an object. */
export function readInput(
  text: string,
  call: { readonly vendor: string; readonly name: string },
): Readonly<Record<string, unknown>> {
  let input: unknown
  try {
    input = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    // What was written is in no message: it may be private.
  }
  if (isFields(input)) return input
  throw new ModelError(
    'invalid_response',
    `${call.vendor} called "${call.name}" with arguments that are no JSON object. The answer may be cut: raise "maxTokens".`,
    { details: { path: 'input', tool: call.name } },
  )
}
