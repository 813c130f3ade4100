import type { Context } from '@empire/context'
import type { ModelResponse } from './language-model.ts'
import type { Reasoning } from './reasoning.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * The context with the answer at its end: the text as a message of the assistant, then each call of a tool.
 *
 * What the model thought is kept in the `metadata.reasoning` of the first of them. What its vendor wants back (`vendor` of
 * the reasoning) becomes `metadata.<vendor>`, where the wire doors of the context find it: lists are joined, and what
 * stands in `calls` under the id of a call is kept with that call. A response without text and calls adds an empty message.
 */
export function appendResponse(context: Context, response: ModelResponse): Context {
  const { text, reasoning, toolCalls } = response
  const { first, calls } = sortFields(reasoning)
  let rest = first
  let next = context
  if (text !== '' || toolCalls.length === 0) {
    next = next.assistant(text, metadata(rest))
    rest = []
  }
  for (const { id, name, input } of toolCalls) {
    next = next.toolCall({ id, tool: name, args: input, ...metadata([...rest, ...(calls.get(id) ?? [])]) })
    rest = []
  }
  return next
}

/** What goes with the first message, and what with the calls. */
function sortFields(reasoning: readonly Reasoning[]): { first: Fields[]; calls: ReadonlyMap<string, Fields[]> } {
  const first: Fields[] = reasoning.length === 0 ? [] : [{ reasoning: reasoning.map(({ vendor: _, ...said }) => said) }]
  const calls = new Map<string, Fields[]>()
  for (const [vendor, fields] of reasoning.flatMap((thought) => Object.entries(thought.vendor ?? {}))) {
    const { calls: ofCalls, ...own } = isFields(fields) ? fields : {}
    if (Object.keys(own).length > 0) first.push({ [vendor]: own })
    for (const [id, value] of Object.entries(isFields(ofCalls) ? ofCalls : {})) {
      const known = calls.get(id)
      if (known === undefined) calls.set(id, [{ [vendor]: value }])
      else known.push({ [vendor]: value })
    }
  }
  return { first, calls }
}

function metadata(list: readonly Fields[]): { metadata?: Fields } {
  return list.length === 0 ? {} : { metadata: list.reduce((one, other) => join(one, other)) }
}

/** The fields of each vendor: lists are joined; of anything else, the later one stays. */
function join(one: Fields, other: Fields): Fields {
  return merge(one, other, (earlier, value) =>
    isFields(earlier) && isFields(value) ? merge(earlier, value, joinLists) : value,
  )
}

function joinLists(earlier: unknown, value: unknown): unknown {
  return Array.isArray(earlier) && Array.isArray(value) ? [...earlier, ...value] : value
}

function merge(one: Fields, other: Fields, choose: (earlier: unknown, value: unknown) => unknown): Fields {
  const entries = Object.entries(other).map(([name, value]) => [
    name,
    Object.hasOwn(one, name) ? choose(one[name], value) : value,
  ])
  return Object.fromEntries([...Object.entries(one), ...entries])
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
