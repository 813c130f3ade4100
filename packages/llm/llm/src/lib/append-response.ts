import type { Context } from '@empire/context'
import type { ModelResponse } from './language-model.ts'
import type { Reasoning } from './reasoning.ts'

type Metadata = Readonly<Record<string, unknown>>

/**
 * The context with the answer at its end: the text as a message of the assistant, then each call of a tool.
 *
 * What the model thought goes into the metadata of the first of them: where the vendor says what it wants back
 * (`vendor` of a thought), under the name of the vendor, where the wire door of the context finds it, lists of several
 * thoughts joined; else into `reasoning`. A response without text and calls adds an empty message.
 */
export function appendResponse(context: Context, response: ModelResponse): Context {
  const { text, reasoning, toolCalls } = response
  const thoughts = metadataOf(reasoning)
  const [first, ...others] = toolCalls
  let next = context
  if (text !== '' || first === undefined) next = next.assistant(text, { metadata: thoughts })
  const unspoken = text === '' ? thoughts : undefined
  if (first !== undefined)
    next = next.toolCall({ id: first.id, tool: first.name, args: first.input, metadata: unspoken })
  for (const { id, name, input } of others) next = next.toolCall({ id, tool: name, args: input })
  return next
}

function metadataOf(reasoning: readonly Reasoning[]): Metadata | undefined {
  if (reasoning.length === 0) return undefined
  const plain = reasoning.filter(({ vendor }) => vendor === undefined).map((thought) => ({ ...thought }))
  const vendors = new Map<string, Map<string, unknown>>()
  for (const { vendor = {} } of reasoning) {
    for (const [name, fields] of Object.entries(vendor)) {
      const kept = vendors.get(name) ?? new Map<string, unknown>()
      vendors.set(name, kept)
      for (const [field, value] of Object.entries(fields)) {
        const earlier = kept.get(field)
        // Pushed onto, not copied: many thoughts would be quadratic.
        if (Array.isArray(earlier) && Array.isArray(value)) for (const item of value) earlier.push(item)
        else kept.set(field, Array.isArray(value) ? [...value] : value)
      }
    }
  }
  return {
    ...(plain.length === 0 ? {} : { reasoning: plain }),
    ...Object.fromEntries(Array.from(vendors, ([name, kept]) => [name, Object.fromEntries(kept)])),
  }
}
