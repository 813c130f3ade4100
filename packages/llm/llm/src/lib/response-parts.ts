import type { ModelResponse } from './language-model.ts'
import type { StreamPart } from './stream-part.ts'

/** A whole answer as the parts of a stream: joined again, they give the answer. */
export function responseParts(response: ModelResponse): readonly StreamPart[] {
  const { text, reasoning, toolCalls, citations, media, usage, finish } = response
  const parts: StreamPart[] = []
  for (const { text: thought, ...proof } of reasoning) {
    parts.push({ type: 'reasoning-start' })
    if (thought !== '') parts.push({ type: 'reasoning-delta', text: thought })
    parts.push({ type: 'reasoning-end', ...proof })
  }
  if (text !== '') parts.push({ type: 'text-start' }, { type: 'text-delta', text }, { type: 'text-end' })
  for (const { id, name, input } of toolCalls) {
    parts.push({ type: 'tool-call-start', id, name }, { type: 'tool-call-end', id, name, input })
  }
  for (const citation of citations) parts.push({ type: 'citation', citation })
  for (const medium of media) parts.push({ type: 'media', ...medium })
  parts.push({ type: 'usage', usage }, { type: 'finish', ...finish })
  return parts
}
