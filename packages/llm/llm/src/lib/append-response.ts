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
  const { all, calls } = sortFields(reasoning)
  let first = true
  function metadataOf(own: Kept = new Map()): { metadata?: Fields } {
    const thoughts = first ? reasoning.map(withoutVendor) : []
    const kept = first ? join(all, own) : own
    first = false
    if (thoughts.length === 0 && kept.size === 0) return {}
    const fields = Array.from(kept, ([vendor, values]) => [vendor, Object.fromEntries(values)])
    return { metadata: { ...(thoughts.length === 0 ? {} : { reasoning: thoughts }), ...Object.fromEntries(fields) } }
  }
  let next = context
  if (text !== '' || toolCalls.length === 0) next = next.assistant(text, metadataOf())
  for (const { id, name, input } of toolCalls) {
    next = next.toolCall({ id, tool: name, args: input, ...metadataOf(calls.get(id)) })
  }
  return next
}

/** Values by field, by vendor. */
type Kept = Map<string, Map<string, unknown>>

/** What goes with the whole answer, and what with its calls. */
function sortFields(reasoning: readonly Reasoning[]): {
  readonly all: Kept
  readonly calls: ReadonlyMap<string, Kept>
} {
  const all: Kept = new Map()
  const calls = new Map<string, Kept>()
  for (const [vendor, fields] of reasoning.flatMap((thought) => Object.entries(thought.vendor ?? {}))) {
    const { calls: ofCalls, ...own } = isFields(fields) ? fields : {}
    for (const [field, value] of Object.entries(own)) keep(all, vendor, field, value)
    for (const [id, kept] of Object.entries(isFields(ofCalls) ? ofCalls : {})) {
      const known: Kept = calls.get(id) ?? new Map()
      calls.set(id, known)
      for (const [field, value] of Object.entries(isFields(kept) ? kept : {})) keep(known, vendor, field, value)
    }
  }
  return { all, calls }
}

/** Lists are joined; of anything else, the later one stays. */
function keep(all: Kept, vendor: string, field: string, value: unknown): void {
  const fields = all.get(vendor) ?? new Map<string, unknown>()
  all.set(vendor, fields)
  const earlier = fields.get(field)
  // Pushed onto, not copied: many thoughts would be quadratic.
  if (Array.isArray(earlier) && Array.isArray(value)) for (const item of value) earlier.push(item)
  else fields.set(field, Array.isArray(value) ? [...value] : value)
}

function join(one: Kept, other: Kept): Kept {
  for (const [vendor, fields] of other) for (const [field, value] of fields) keep(one, vendor, field, value)
  return one
}

function withoutVendor(thought: Reasoning): Omit<Reasoning, 'vendor'> {
  const { vendor: _, ...said } = thought
  return said
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
