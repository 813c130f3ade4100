import type { Context } from '@empire/context'
import type { ModelResponse } from './language-model.ts'

/**
 * The context with the answer at its end: the text as a message of the assistant, then each call of a tool.
 *
 * What the model thought is kept in the `metadata.reasoning` of the first of them, where the wire doors of the context
 * find what the vendor wants back. A response without text and calls adds an empty message.
 */
export function appendResponse(context: Context, response: ModelResponse): Context {
  const { text, reasoning, toolCalls } = response
  const thoughts = reasoning.length === 0 ? undefined : { reasoning: reasoning.map((thought) => ({ ...thought })) }
  const [first, ...others] = toolCalls
  let next = context
  if (text !== '' || first === undefined) next = next.assistant(text, { metadata: thoughts })
  const unspoken = text === '' ? thoughts : undefined
  if (first !== undefined)
    next = next.toolCall({ id: first.id, tool: first.name, args: first.input, metadata: unspoken })
  for (const { id, name, input } of others) next = next.toolCall({ id, tool: name, args: input })
  return next
}
